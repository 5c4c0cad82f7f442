"""Wherever only one may win, several try at the same instant, again and again: one wins each time, the others are told.

A race is made anew for each round: two or three people act on connections of their own, started together and then held
back by a few milliseconds drawn from a seed, so that they meet at different places. `make soak` runs more than a
thousand rounds; the usual run a few of each.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from opensponsor.cases.models import ApprovalRequest, Case
from opensponsor.cases.services import cases, requests, tasks
from opensponsor.cases.states import CaseStatus, RequestKind
from opensponsor.checks.services import checks
from opensponsor.checks.services.checks import Recording, record_checks
from opensponsor.checks.states import CheckStatus, CheckType
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.core.rowsecurity import acting
from opensponsor.feeds.services import loads
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.people.models import Household
from opensponsor.visas.services.placing import assign_waiting
from opensponsor.visas.waiting import Queue
from tests import factories
from tests.checks.place import Hosting, make_hosting
from tests.races.crowd import at_once

SEED = 20260522
TODAY = clock.today()
MOST_WAIT = 0.004

Act = Callable[[], object]
Contender = tuple[Actor, Act]


class Field:
    """Everybody who takes part: two caseworkers of a council, and two national administrators."""

    def __init__(self) -> None:
        self.hosting: Hosting = make_hosting()
        self.council = self.hosting.council
        self.other, self.third = factories.organisation(), factories.organisation()
        self.nobody = factories.organisation(OrganisationKind.UNASSIGNED, name_en="Unassigned (Wales)")
        self.nation = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
        self.workers = [factories.actor(self.council, Role.CASEWORKER) for _ in range(2)]
        self.administrators = [factories.actor(self.nation, Role.NATIONAL_ADMINISTRATOR) for _ in range(3)]

    def household(self) -> Household:
        """A household of the council that the sponsor hosts."""
        return self.hosting.another_household()


def _recording(field: Field, type_: CheckType, household: Household, version: int | None) -> Recording:
    where = field.hosting.at(household=household).where(type_)
    outcome = {"status": CheckStatus.IN_PROGRESS, "comment": ""}
    return Recording(
        type=type_, case_id=where["case_id"], address_id=where["address_id"], version=version, outcome=outcome
    )


def _record(actor: Actor, recordings: list[Recording]) -> object:
    return record_checks(actor=actor, recordings=recordings, today=TODAY)


def first_time(field: Field, number: int) -> list[Contender]:
    """Two record a check that nobody recorded yet."""
    one = _recording(field, CheckType.SUITABLE, field.household(), None)
    return [(actor, partial(_record, actor, [one])) for actor in field.workers]


def same_version(field: Field, number: int) -> list[Contender]:
    """Two record the check that both read in the same version."""
    one = _recording(field, CheckType.EXISTS, field.hosting.household, number or None)
    return [(actor, partial(_record, actor, [one])) for actor in field.workers]


def whole_household(field: Field, number: int) -> list[Contender]:
    """Two save the checks of a household on one page, in another order."""
    household = field.household()
    both = [_recording(field, type_, household, None) for type_ in (CheckType.SUITABLE, CheckType.ARRIVED)]
    orders = (both, both[::-1])
    return [(actor, partial(_record, actor, order)) for actor, order in zip(field.workers, orders, strict=True)]


def _loads(field: Field, status: LoadStatus, act: Any) -> list[Contender]:
    brought_by, *others = field.administrators
    load = factories.load(field.nation, status=status, brought_by_id=brought_by.user_id)
    return [(actor, partial(act, actor=actor, load_id=load.pk, version=load.version)) for actor in others]


def approvals(field: Field, number: int) -> list[Contender]:
    """Two approve a file that is held."""
    return _loads(field, LoadStatus.HELD, loads.approve)


def starts(field: Field, number: int) -> list[Contender]:
    """Two start a file that was read."""
    return _loads(field, LoadStatus.READ, loads.start)


def same_file(field: Field, number: int) -> list[Contender]:
    """Three bring the same file."""
    content = {"feed": Feed.APPLICATIONS, "file_name": "file.csv", "chunks": [f"uan\n{number}\n".encode()]}
    return [(actor, partial(loads.bring, actor=actor, **content)) for actor in field.administrators]


def _given(field: Field, queue: Queue, id_: UUID, version: int) -> list[Contender]:
    councils = (field.council, field.other, field.third)
    return [
        (actor, partial(assign_waiting, actor=actor, queue=queue, versions={id_: version}, council_id=council.pk))
        for actor, council in zip(field.administrators, councils, strict=True)
    ]


def households_given(field: Field, number: int) -> list[Contender]:
    """Three give a household without a council to three of them."""
    household = factories.household(field.nobody, "Petro Bondar")
    return _given(field, Queue.HOUSEHOLDS, household.case_id, 1)


def applications_given(field: Field, number: int) -> list[Contender]:
    """Three give an application without a household to three councils."""
    application = factories.application(field.nobody, visa_status="PENDING")
    return _given(field, Queue.APPLICATIONS, application.pk, 1)


def transfers(field: Field, number: int) -> list[Contender]:
    """Two hand a record to two other councils."""
    household = factories.household(field.council)
    councils = (field.other, field.third)
    given = {"case_id": household.case_id, "version": 1}
    return [
        (actor, partial(cases.transfer_case, actor=actor, new_owner_id=council.pk, **given))
        for actor, council in zip(field.workers, councils, strict=True)
    ]


def decisions(field: Field, number: int) -> list[Contender]:
    """One approves and another refuses to reopen a record."""
    case = factories.household(field.council).case
    with factories.writing():
        Case.objects.filter(pk=case.pk).update(status=CaseStatus.CLOSED, closed_on=TODAY)
        request = ApprovalRequest.objects.create(
            case=case,
            owner_id=case.owner_id,
            kind=RequestKind.REOPEN_CASE,
            reason="Back",
            raised_by_id=field.workers[0].user_id,
        )
    given = {"request_id": request.pk, "version": 1, "reason": "So it is"}
    return [
        (actor, partial(requests.decide_reopening, actor=actor, approve=approve, **given))
        for actor, approve in zip(field.administrators[:2], (True, False), strict=True)
    ]


def ticks(field: Field, number: int) -> list[Contender]:
    """Two tick off a task."""
    task = factories.task(field.hosting.household.case, None)
    given = {"task_id": task.pk, "version": 1}
    return [(actor, partial(tasks.complete_task, actor=actor, **given)) for actor in field.workers]


@dataclass(frozen=True)
class Race:
    """How one round of it is made, and how many rounds the long run takes."""

    make: Callable[[Field, int], list[Contender]]
    rounds: int


RACES = (
    Race(first_time, 120),
    Race(same_version, 160),
    Race(whole_household, 100),
    Race(approvals, 120),
    Race(starts, 120),
    Race(same_file, 80),
    Race(households_given, 80),
    Race(applications_given, 80),
    Race(transfers, 100),
    Race(decisions, 60),
    Race(ticks, 100),
)
NAMES = [race.make.__name__ for race in RACES]


def _tried(contender: Contender, wait: float) -> bool:
    """Whether it was done; whoever is told that somebody was faster has lost. Anything else is a fault."""
    actor, act = contender
    time.sleep(wait)
    try:
        with acting(actor):
            act()
    except (Conflict, NotVisible, Refused):
        return False
    return True


def run(race: Race, rounds: int, seed: int) -> list[int]:
    """How many won in each round. What it prints is what a failure is repeated with."""
    print(f"{race.make.__name__}: {rounds} rounds, seed {seed}")
    dice, field = random.Random(seed), Field()
    winners = []
    for number in range(rounds):
        contenders = race.make(field, number)
        dice.shuffle(contenders)
        works = [partial(_tried, one, dice.uniform(0, MOST_WAIT)) for one in contenders]
        winners.append(sum(at_once(works)))
    return winners


@pytest.mark.committed
@pytest.mark.parametrize("race", RACES, ids=NAMES)
def test_one_wins_and_the_others_are_told(race: Race) -> None:
    assert run(race, 3, SEED) == [1] * 3


@pytest.mark.soak
@pytest.mark.committed
@pytest.mark.parametrize("race", RACES, ids=NAMES)
def test_one_wins_each_of_many_times(race: Race) -> None:
    assert run(race, race.rounds, SEED + 1) == [1] * race.rounds


def test_the_long_run_is_of_a_thousand_races() -> None:
    assert sum(race.rounds for race in RACES) >= 1_000


@pytest.mark.committed
def test_without_lock_and_version_two_win_so_that_the_tests_above_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def save_whatever_is_stored(record: Any, *, expected_version: int, **changes: Any) -> None:
        type(record)._default_manager.filter(pk=record.pk).update(**changes, version=expected_version + 1)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, *_names, **_how: found)
    monkeypatch.setattr(checks, "save_changes", save_whatever_is_stored)
    monkeypatch.setattr(loads, "save_changes", save_whatever_is_stored)
    assert max(run(Race(approvals, 0), 20, SEED)) > 1
