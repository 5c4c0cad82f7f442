"""Roles are code: what each permits, who may hold it, and a sentence for a data-protection officer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensponsor.identity.permissions import Permission as P  # noqa: N817 - a table reads better with one letter
from opensponsor.identity.states import OrganisationKind as K


class Role(models.TextChoices):
    """Every role there is. Codes are stored in memberships and never reused."""

    CASEWORKER = "CASEWORKER", _("Caseworker")
    DATA_CHAMPION = "DATA_CHAMPION", _("Data champion")
    AUDITOR = "AUDITOR", _("Auditor")
    SAFEGUARDING_LEAD = "SAFEGUARDING_LEAD", _("Safeguarding lead")
    FINANCE_OFFICER = "FINANCE_OFFICER", _("Finance officer")
    CONTACT_CENTRE_OFFICER = "CONTACT_CENTRE_OFFICER", _("Contact centre officer")
    HEALTH_OFFICER = "HEALTH_OFFICER", _("Health board officer")
    ADVISORY_OFFICER = "ADVISORY_OFFICER", _("National Advisory Service officer")
    NATIONAL_ADMINISTRATOR = "NATIONAL_ADMINISTRATOR", _("National administrator")
    ANALYST = "ANALYST", _("Analyst")
    HOME_OFFICE_CASEWORKER = "HOME_OFFICE_CASEWORKER", _("Home Office caseworker")
    SPONSOR_LEVEL_1 = "SPONSOR_LEVEL_1", _("Licensed sponsor, level 1")
    SPONSOR_LEVEL_2 = "SPONSOR_LEVEL_2", _("Licensed sponsor, level 2")
    SERVICE_DESK_OFFICER = "SERVICE_DESK_OFFICER", _("Service desk officer")
    PLATFORM_ADMINISTRATOR = "PLATFORM_ADMINISTRATOR", _("Platform administrator")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a role is: a sentence, its permissions, and the kinds of organisation whose members may hold it."""

    sentence: str | Promise
    permissions: frozenset[P]
    kinds: frozenset[K]


_READS = frozenset({P.CASE_READ, P.HOUSEHOLD_READ, P.SPONSOR_READ, P.NOTE_READ, P.CHAMPION_DIRECTORY})
_CASEWORK = _READS | {
    P.HOUSEHOLD_WRITE,
    P.SPONSOR_WRITE,
    P.NOTE_WRITE,
    P.TASK_WRITE,
    P.CASE_ASSIGN,
    P.CASE_SHARE,
    P.CASE_TRANSFER,
    P.CASE_CLOSE,
    P.EXPORT,
}
_LICENSED = frozenset({P.CASE_READ, P.LICENCE_READ, P.NOTE_READ, P.NOTE_WRITE, P.TASK_WRITE})
_COUNCIL = frozenset({K.AUTHORITY})
_GOVERNMENT = frozenset({K.DEVOLVED_GOVERNMENT, K.CENTRAL_GOVERNMENT})

DEFINITIONS: dict[Role, Definition] = {
    Role.CASEWORKER: Definition(
        _("Works with the households and hosts of the council, and with nobody else's."),
        _CASEWORK,
        _COUNCIL,
    ),
    Role.DATA_CHAMPION: Definition(
        _(
            "Vouches for colleagues, gives them roles, raises requests to the national team and sees who looked at "
            "what in the council."
        ),
        _CASEWORK
        | {
            P.REQUEST_RAISE,
            P.HISTORY_READ,
            P.ACCESS_LOG_READ,
            P.MEMBER_READ,
            P.ROLE_GRANT,
            P.ACCESS_VOUCH,
            P.ACCOUNT_REPORT,
        },
        frozenset(set(K) - {K.PSEUDO_AUTHORITY, K.UNASSIGNED, K.PLATFORM, K.LICENSED_SPONSOR}),
    ),
    Role.AUDITOR: Definition(
        _("Reads the change history and the access log of records the organisation may see; changes nothing."),
        frozenset({P.HISTORY_READ, P.ACCESS_LOG_READ}),
        frozenset(set(K) - {K.PSEUDO_AUTHORITY, K.UNASSIGNED, K.PLATFORM}),
    ),
    Role.SAFEGUARDING_LEAD: Definition(
        _("Sees safeguarding details and the outcome of DBS checks on the council's cases."),
        _READS,
        _COUNCIL,
    ),
    Role.FINANCE_OFFICER: Definition(
        _("Sees households, hosts and bank details of the council to pay and to claim."),
        frozenset({P.CASE_READ, P.HOUSEHOLD_READ, P.SPONSOR_READ, P.EXPORT}),
        _COUNCIL,
    ),
    Role.CONTACT_CENTRE_OFFICER: Definition(
        _("Reads all households of the nation and works with those that arrive without a named individual sponsor."),
        _READS | {P.HOUSEHOLD_WRITE, P.NOTE_WRITE, P.TASK_WRITE},
        frozenset({K.CONTACT_CENTRE}),
    ),
    Role.HEALTH_OFFICER: Definition(
        _(
            "Sees who lives in the health board's area and their registration with health services; sees no case "
            "notes of councils."
        ),
        frozenset({P.CASE_READ, P.HOUSEHOLD_READ, P.HEALTH_READ, P.CHAMPION_DIRECTORY}),
        frozenset({K.HEALTH_BOARD}),
    ),
    Role.ADVISORY_OFFICER: Definition(
        _("Reads households and hosts of the nation to settle moves across borders and doubtful sponsors."),
        _READS,
        frozenset({K.ADVISORY_SERVICE}),
    ),
    Role.NATIONAL_ADMINISTRATOR: Definition(
        _("Reads the records of its nation, loads data feeds, decides requests of councils, reopens closed records."),
        _READS
        | {
            P.FEED_LOAD,
            P.REQUEST_DECIDE,
            P.NOTE_STRIKE,
            P.HISTORY_READ,
            P.ORGANISATION_READ,
            P.ACCOUNT_REPORT,
            P.EXPORT,
        },
        _GOVERNMENT,
    ),
    Role.ANALYST: Definition(
        _("Counts and compares the records of its nation for reports, without names."),
        frozenset({P.CASE_READ, P.HOUSEHOLD_READ}),
        _GOVERNMENT,
    ),
    Role.HOME_OFFICE_CASEWORKER: Definition(
        _("Works with licences of sponsors; sees no household."),
        _LICENSED | {P.LICENCE_WRITE, P.CASE_CLOSE},
        frozenset({K.CENTRAL_GOVERNMENT}),
    ),
    Role.SPONSOR_LEVEL_1: Definition(
        _("Manages the licence of the sponsor and its users."),
        _LICENSED | {P.LICENCE_WRITE, P.MEMBER_READ},
        frozenset({K.LICENSED_SPONSOR}),
    ),
    Role.SPONSOR_LEVEL_2: Definition(
        _("Reads the licence of the sponsor and does daily work on it."),
        _LICENSED,
        frozenset({K.LICENSED_SPONSOR}),
    ),
    Role.SERVICE_DESK_OFFICER: Definition(
        _("Looks up whether an account exists to help its holder; sees no case."),
        frozenset({P.ORGANISATION_READ, P.CHAMPION_DIRECTORY}),
        frozenset({K.SERVICE_DESK}),
    ),
    Role.PLATFORM_ADMINISTRATOR: Definition(
        _("Creates accounts and champions, manages organisations, and sees no case."),
        frozenset(
            {
                P.ACCOUNT_MANAGE,
                P.ORGANISATION_READ,
                P.ORGANISATION_MANAGE,
                P.MEMBER_READ,
                P.CHAMPION_DIRECTORY,
                P.ACCOUNT_REPORT,
            }
        ),
        frozenset({K.PLATFORM}),
    ),
}

# A champion gives these to existing members; the others only an administrator gives: nobody raises an accomplice.
CHAMPION_MAY_GRANT = frozenset(
    {
        Role.CASEWORKER,
        Role.FINANCE_OFFICER,
        Role.CONTACT_CENTRE_OFFICER,
        Role.HEALTH_OFFICER,
        Role.ADVISORY_OFFICER,
        Role.SERVICE_DESK_OFFICER,
        Role.ANALYST,
    }
)


def permissions_of(roles: Iterable[Role], kind: K) -> frozenset[P]:
    """Everything the roles permit together in an organisation of this kind.

    A data champion looks after people everywhere, but works with records only as the officers of the body do: that of
    a health board reads no case notes (ORG-014), that of a contact centre transfers and closes nothing (ORG-010).
    """
    return frozenset(permission for role in roles for permission in _permissions_at(role, kind))


def officers_of(kind: K) -> list[Role]:
    """The roles of this kind of organisation that work with records."""
    return [role for role in roles_for(kind) if role not in {Role.DATA_CHAMPION, Role.AUDITOR}]


def _permissions_at(role: Role, kind: K) -> frozenset[P]:
    whole = DEFINITIONS[role].permissions
    if role is not Role.DATA_CHAMPION:
        return whole
    return (whole - _CASEWORK) | (whole & permissions_of(officers_of(kind), kind))


def roles_for(kind: K) -> list[Role]:
    """The roles that members of this kind of organisation may hold, in the order of the list above."""
    return [role for role in Role if kind in DEFINITIONS[role].kinds]
