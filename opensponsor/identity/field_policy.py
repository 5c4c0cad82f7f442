"""Who may see which class of data: one table for pages, exports, search, history and other systems."""

from collections.abc import Iterable

from opensponsor.core.privacy import DataClass as D
from opensponsor.identity.roles import Role as R  # noqa: N817 - a table reads better with one letter
from opensponsor.identity.roles import officers_of
from opensponsor.identity.states import OrganisationKind

_EVERYONE = frozenset(R)
_CASEWORK = frozenset({R.CASEWORKER, R.DATA_CHAMPION, R.SAFEGUARDING_LEAD, R.CONTACT_CENTRE_OFFICER})
_NATIONAL = frozenset({R.ADVISORY_OFFICER, R.NATIONAL_ADMINISTRATOR})
_LICENSED = frozenset({R.HOME_OFFICE_CASEWORKER, R.SPONSOR_LEVEL_1, R.SPONSOR_LEVEL_2})

# Each row is a decision of data protection: a class is seen by the roles that cannot do their work without it.
MAY_SEE: dict[D, frozenset[R]] = {
    D.REFERENCE: _EVERYONE,
    D.OPERATIONAL: _EVERYONE,
    D.ACCOUNT: _EVERYONE,
    D.PERSONAL: _CASEWORK | _NATIONAL | _LICENSED | {R.FINANCE_OFFICER, R.HEALTH_OFFICER},
    D.CONTACT: _CASEWORK | _NATIONAL | _LICENSED | {R.FINANCE_OFFICER, R.HEALTH_OFFICER},
    D.CASEWORK_TEXT: _CASEWORK | _NATIONAL | _LICENSED,
    D.FINANCE: frozenset({R.FINANCE_OFFICER}),
    D.IDENTITY_DOCUMENT: _CASEWORK | {R.ADVISORY_OFFICER, R.HOME_OFFICE_CASEWORKER},
    D.HEALTH: frozenset({R.HEALTH_OFFICER}),
    D.DBS: frozenset({R.CASEWORKER, R.SAFEGUARDING_LEAD}),
    D.SAFEGUARDING: frozenset({R.SAFEGUARDING_LEAD}),
    D.SECRET: frozenset(),
}


def classes_of(roles: Iterable[R], kind: OrganisationKind) -> frozenset[D]:
    """The classes of data that somebody with these roles may see in an organisation of this kind (ORG-030).

    A data champion sees no more than the officers of the body together.
    """
    return frozenset(data_class for role in roles for data_class in _classes_at(role, kind))


def _classes_at(role: R, kind: OrganisationKind) -> frozenset[D]:
    if role is not R.DATA_CHAMPION:
        return _seen_by([role])
    return _seen_by([role]) & _seen_by(officers_of(kind))


def _seen_by(roles: Iterable[R]) -> frozenset[D]:
    held = frozenset(roles)
    return frozenset(data_class for data_class, allowed in MAY_SEE.items() if held & allowed)
