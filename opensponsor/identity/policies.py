"""May this happen to an account, a role or a request now, whoever asks?"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.identity.models import AccessRequest, Organisation, User
from opensponsor.identity.roles import CHAMPION_MAY_GRANT, DEFINITIONS, Role
from opensponsor.identity.rules.addresses import belongs
from opensponsor.identity.states import (
    ACCESS_REQUEST_TRANSITIONS,
    AccessRequestStatus,
    AccountStatus,
    OrganisationKind,
)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a champion confirms before an account is made.

    The three boxes and the day of the training (ORG-018, ORG-021).
    """

    work_account_checked: bool
    training_confirmed_on: dt.date | None
    knows_where_to_get_help: bool


def check_confirmed(given: Confirmation, *, today: dt.date) -> None:
    """No account without all of it. Raises Refused."""
    if not given.work_account_checked:
        raise Refused(_("Check that the work account exists. If it does not, the person asks their own IT first."))
    if given.training_confirmed_on is None:
        raise Refused(_("Confirm that the person was trained, with the date."))
    if given.training_confirmed_on > today:
        raise Refused(_("The training must have taken place."))
    if not given.knows_where_to_get_help:
        raise Refused(_("Confirm that the person knows how to use the platform and where to get help."))


def check_takes_members(organisation: Organisation) -> None:
    """People join bodies that are in use and have data champions, and the operator of the platform. Raises Refused."""
    if not organisation.is_active:
        raise Refused(_("%(name)s no longer uses the platform.") % {"name": organisation.name})
    if OrganisationKind(organisation.kind) not in DEFINITIONS[Role.DATA_CHAMPION].kinds | {OrganisationKind.PLATFORM}:
        raise Refused(_("Nobody can work for %(name)s on the platform.") % {"name": organisation.name})


def check_address(email: str, organisation: Organisation) -> None:
    """Where an organisation names its domains, only addresses of these can join it. Raises Refused."""
    if not belongs(email, organisation.email_domains):
        domains = ", ".join(sorted(organisation.email_domains))
        raise Refused(
            _("Use the work address of %(name)s. It ends in: %(domains)s.")
            % {"name": organisation.name, "domains": domains}
        )


def check_role_fits(role: Role, organisation: Organisation) -> None:
    """A role is for some kinds of organisation only (ORG-002, ORG-009, ORG-014). Raises Refused."""
    if OrganisationKind(organisation.kind) not in DEFINITIONS[role].kinds:
        raise Refused(
            _("Members of %(name)s cannot hold the role %(role)s.") % {"name": organisation.name, "role": role.label}
        )


def check_champion_may_give(role: Role) -> None:
    """A champion gives no role that would raise others to a champion or past one. Raises Refused."""
    if role not in CHAMPION_MAY_GRANT:
        raise Refused(_("Only an administrator gives or ends the role %(role)s.") % {"role": role.label})


def check_is_somebody_else(actor: Actor, user_id: int | None) -> None:
    """Nobody decides about themselves. Raises Refused."""
    if user_id is not None and actor.user_id == user_id:
        raise Refused(_("Somebody else must do this: nobody decides about their own access."))


def check_may_follow(request: AccessRequest, status: AccessRequestStatus) -> None:
    """A request goes from the champion to the administrator and is decided once (ORG-016). Raises Refused."""
    if status in ACCESS_REQUEST_TRANSITIONS[AccessRequestStatus(request.status)]:
        return
    if request.status == AccessRequestStatus.SUBMITTED:
        raise Refused(_("The data champion of the organisation must vouch for this person first."))
    raise Refused(_("This request has already been dealt with."))


def check_second_person(actor: Actor, request: AccessRequest) -> None:
    """Who vouched does not also create the account. Raises Refused."""
    if request.vouched_by_id is not None and request.vouched_by_id == actor.user_id:
        raise Refused(_("You vouched for this person. Another administrator must decide."))


def check_not_about(own_address: str, request: AccessRequest) -> None:
    """Nobody vouches for, or decides about, a request for their own address. Raises Refused."""
    if own_address == request.email:
        raise Refused(_("Somebody else must do this: nobody decides about their own access."))


def check_is_suspended(user: User) -> None:
    """Only a suspended account is given back. Raises Refused."""
    if user.status != AccountStatus.SUSPENDED:
        raise Refused(_("This account is not suspended."))


def check_is_invited(user: User) -> None:
    """Only somebody who has not come in yet is invited again. Raises Refused."""
    if user.status != AccountStatus.INVITED:
        raise Refused(_("This person has already accepted an invitation."))
