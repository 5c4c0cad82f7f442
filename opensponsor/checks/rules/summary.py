"""What the checks of a household say together, and why (CMS-012, CMS-017).

Checks belong to subjects, requirements to households: a sponsor is checked once for every household they take in, and
what is required follows from who sponsors this household where. The order of the answers is that of the case
management system of the scheme: closed, empty, failed, completed, complete but for the arrival, begun, required.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from opensponsor.checks.rules.dbs import is_child, level_with_children
from opensponsor.checks.states import ChecksStatus, CheckStatus, CheckType, DbsLevel


class Subject(StrEnum):
    """What a check or a reason is about. `suitable` is about an address too, for this household only."""

    HOUSEHOLD = "HOUSEHOLD"
    PERSON = "PERSON"
    SPONSOR = "SPONSOR"
    ADDRESS = "ADDRESS"


class Why(StrEnum):
    """Codes of reasons. The standing of a single check is told by its type and status instead, as `EXISTS:PASSED`."""

    CLOSED = "CLOSED"
    EMPTY = "EMPTY"
    NO_SPONSOR = "NO_SPONSOR"
    NO_ADDRESS = "NO_ADDRESS"
    CHILD = "CHILD"
    AGE_UNKNOWN = "AGE_UNKNOWN"
    ENHANCED_MISSING = "ENHANCED_MISSING"
    BEFORE_ENHANCED = "BEFORE_ENHANCED"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in the household."""

    id: UUID
    birth_date: dt.date | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of one check."""

    status: str
    checked_on: dt.date | None = None
    dbs_level: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """A household, who sponsors it where at present, and what is recorded, by type of check and id of its subject."""

    id: UUID
    is_closed: bool
    guests: tuple[Guest, ...]
    sponsors: tuple[UUID, ...]
    addresses: tuple[UUID, ...]
    checks: Mapping[tuple[str, UUID], Recorded]


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the explanation: a code of `Why` or the standing of a check, and what it is about."""

    code: str
    subject: Subject
    id: UUID


@dataclass(frozen=True, slots=True)
class Summary:
    """The status and the steps that lead to it."""

    status: ChecksStatus
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A check that this household needs."""

    type: CheckType
    subject: Subject
    id: UUID


_NOTHING = Recorded(CheckStatus.NOT_STARTED)
_DONE = frozenset({CheckStatus.PASSED.value, CheckStatus.NOT_REQUIRED.value})


def required(situation: Situation) -> tuple[Requirement, ...]:
    """The checks that the household needs, each sponsor and each address in turn, the arrival last."""
    of_sponsors = (Requirement(CheckType.SPONSOR, Subject.SPONSOR, one) for one in situation.sponsors)
    of_addresses = (
        Requirement(type_, Subject.ADDRESS, one)
        for one in situation.addresses
        for type_ in (CheckType.EXISTS, CheckType.SUITABLE)
    )
    return (*of_sponsors, *of_addresses, Requirement(CheckType.ARRIVED, Subject.HOUSEHOLD, situation.id))


def is_open(status: str, *, is_deep_enough: bool) -> bool:
    """Whether a check waits to be recorded. A failed one does not: somebody decided, and decides anew on its page."""
    waits = status not in {*_DONE, CheckStatus.FAILED.value}
    return waits or (status == CheckStatus.PASSED and not is_deep_enough)


def summarise(situation: Situation, today: dt.date) -> Summary:
    """The status of the household's checks today, with its reasons in the order in which they are looked at."""
    if situation.is_closed:
        return Summary(ChecksStatus.CLOSED, (_about(situation, Why.CLOSED),))
    if not situation.guests:
        return Summary(ChecksStatus.EMPTY, (_about(situation, Why.EMPTY),))
    found = [(one, _recorded(situation, one)) for one in required(situation)]
    gaps = _gaps(situation)
    depth = _depth(situation, today)
    standings = tuple(Reason(f"{one.type}:{recorded.status}", one.subject, one.id) for one, recorded in found)
    return Summary(_status(found, gaps, depth), (*gaps, *standings, *depth))


def _status(
    found: Sequence[tuple[Requirement, Recorded]], gaps: tuple[Reason, ...], depth: tuple[Reason, ...]
) -> ChecksStatus:
    statuses = {recorded.status for _, recorded in found}
    if CheckStatus.FAILED in statuses:
        return ChecksStatus.FAILED
    is_deep_enough = all(reason.code != Why.ENHANCED_MISSING for reason in depth)
    open_ones = [one for one, recorded in found if recorded.status not in _DONE]
    if not gaps and is_deep_enough and all(one.type == CheckType.ARRIVED for one in open_ones):
        return ChecksStatus.PRE_ARRIVAL if open_ones else ChecksStatus.COMPLETED
    return ChecksStatus.PARTIAL if CheckStatus.PASSED in statuses else ChecksStatus.REQUIRED


def _recorded(situation: Situation, one: Requirement) -> Recorded:
    return situation.checks.get((one.type, one.id), _NOTHING)


def _gaps(situation: Situation) -> tuple[Reason, ...]:
    """Nothing is complete without somebody and somewhere to check."""
    gaps = []
    if not situation.sponsors:
        gaps.append(_about(situation, Why.NO_SPONSOR))
    if not situation.addresses:
        gaps.append(_about(situation, Why.NO_ADDRESS))
    return tuple(gaps)


def _depth(situation: Situation, today: dt.date) -> tuple[Reason, ...]:
    """Whose age asks for an Enhanced check, whose is not known, and how the passed checks of sponsors stand to it."""
    children = [one for one in situation.guests if one.birth_date and is_child(one.birth_date, today)]
    unknown = [Reason(Why.AGE_UNKNOWN, Subject.PERSON, one.id) for one in situation.guests if one.birth_date is None]
    if not children:
        return tuple(unknown)
    because = [Reason(Why.CHILD, Subject.PERSON, one.id) for one in children]
    levels = [reason for one in situation.sponsors if (reason := _depth_of(situation, one))]
    return (*because, *levels, *unknown)


def _depth_of(situation: Situation, sponsor_id: UUID) -> Reason | None:
    """Why the Basic check of a sponsor of children is not enough, or is; nothing to say of any other."""
    check = situation.checks.get((CheckType.SPONSOR, sponsor_id), _NOTHING)
    if check.status != CheckStatus.PASSED or check.dbs_level == DbsLevel.ENHANCED:
        return None
    needs_more = level_with_children(check.checked_on) == DbsLevel.ENHANCED
    return Reason(Why.ENHANCED_MISSING if needs_more else Why.BEFORE_ENHANCED, Subject.SPONSOR, sponsor_id)


def _about(situation: Situation, why: Why) -> Reason:
    return Reason(why, Subject.HOUSEHOLD, situation.id)
