"""What the staff of the demo did: calls, visits, tasks and checks on the households of their council."""

import datetime as dt
from itertools import cycle

from opensponsor.cases.services import cases, notes, tasks
from opensponsor.cases.states import NoteKind, TaskKind
from opensponsor.checks import queries as checks
from opensponsor.checks.permissions import may_record
from opensponsor.checks.queries import CheckRecord
from opensponsor.checks.services.checks import Outcome, record_check
from opensponsor.checks.states import CheckStatus, CheckType, DbsLevel, FailureReason
from opensponsor.core.actor import Actor
from opensponsor.people.models import Household
from opensponsor.people.queries import get_household

# How far the checks of one household after another are: the types with an outcome, and what the last one was.
_PASSED, _FAILED, _BEGUN = CheckStatus.PASSED, CheckStatus.FAILED, CheckStatus.IN_PROGRESS
_HOME = (CheckType.EXISTS, CheckType.SUITABLE)
_PROGRESS: tuple[tuple[tuple[CheckType, ...], CheckStatus], ...] = (
    ((), _PASSED),
    ((*_HOME, CheckType.SPONSOR), _PASSED),
    ((CheckType.EXISTS,), _BEGUN),
    ((*_HOME, CheckType.SPONSOR, CheckType.ARRIVED), _PASSED),
    (_HOME, _PASSED),
    (_HOME, _FAILED),
    ((*_HOME, CheckType.SPONSOR, CheckType.ARRIVED), _PASSED),
    ((CheckType.EXISTS, CheckType.SPONSOR), _FAILED),
)
_REASONS = {
    CheckType.EXISTS: FailureReason.NOT_RESIDENTIAL,
    CheckType.SUITABLE: FailureReason.NOT_ENOUGH_SPACE,
    CheckType.SPONSOR: FailureReason.NO_RESPONSE,
}


def work(actor: Actor, count: int, today: dt.date) -> None:
    """Work on the first so many households of the actor's council."""
    own = Household.objects.visible_to(actor).filter(owner_id=actor.organisation_id, case__closed_on=None)
    progress = cycle(_PROGRESS)
    for number, household in enumerate(own.select_related("case").order_by("case__reference")[:count]):
        activity(actor, household, number, today)
        _checks(actor, household, *next(progress), today)


def activity(actor: Actor, household: Household, number: int, today: dt.date) -> None:
    """A note, tasks and an assignee, as the number has it."""
    case_id = household.case_id
    if number % 2 == 0:
        notes.add_note(
            actor=actor,
            case_id=case_id,
            kind=NoteKind.PHONE_CALL if number % 4 else NoteKind.CASE_NOTE,
            title="First contact made",
            body="Spoke to the lead applicant through an interpreter. They know whom to ask and have our number.",
        )
    if number % 3 == 0:
        tasks.add_task(
            actor=actor,
            case_id=case_id,
            title="Arrange the welcome visit",
            due_on=today + dt.timedelta(days=number % 25 - 12),
            today=today,
        )
    if number % 7 == 3:
        tasks.add_task(
            actor=actor,
            case_id=case_id,
            kind=TaskKind.MEETING,
            title="Meet the school about places",
            due_on=today + dt.timedelta(days=number % 6),
            starts_at=dt.time(10, 30),
            place="Council offices",
            today=today,
        )
    if number % 4 == 1:
        version = household.case.version
        cases.assign_case(actor=actor, case_id=case_id, version=version, assignee_id=actor.user_id, today=today)


def _checks(
    actor: Actor, household: Household, types: tuple[CheckType, ...], last: CheckStatus, today: dt.date
) -> None:
    if household.arrived_on is None:
        types = tuple(type_ for type_ in types if type_ != CheckType.ARRIVED)
    needed = checks.household_checks(actor, get_household(actor, household.case_id), today=today).checks
    for check in needed:
        # A sponsor or an address that several households share was looked at with the first of them.
        is_first = check.type in types and check.id is None and check.case_id is not None
        if is_first and may_record(actor, check.type):
            status = last if check.type == types[-1] else _PASSED
            _record(actor, check, status, household.arrived_on or today, today)


def _record(actor: Actor, check: CheckRecord, status: CheckStatus, arrived_on: dt.date, today: dt.date) -> None:
    outcome: Outcome = {"status": status}
    if status != _BEGUN:
        is_arrival = check.type == CheckType.ARRIVED
        outcome["checked_on"] = min(today, arrived_on if is_arrival else arrived_on - dt.timedelta(days=9))
    if status == _PASSED and check.type == CheckType.SPONSOR:
        outcome["dbs_level"] = DbsLevel.ENHANCED
    if status == _FAILED and check.type in _REASONS:
        outcome["failure_reason"] = _REASONS[check.type]
    if check.case_id is not None:
        is_of_address = check.type in _HOME
        record_check(
            actor=actor,
            case_id=check.case_id,
            type_=check.type,
            version=None,
            today=today,
            address_id=check.subject_id if is_of_address else None,
            **outcome,
        )
