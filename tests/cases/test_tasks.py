"""Tasks and meetings: added, given, put off, ticked and unticked."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from opensponsor.cases import queries
from opensponsor.cases.models import Task
from opensponsor.cases.services import tasks
from opensponsor.cases.services.cases import close_case
from opensponsor.cases.states import TaskKind
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from tests import factories
from tests.world import World

ActingAs = Callable[..., AbstractContextManager[Any]]


def _add(actor: Actor, world: World, **fields: Any) -> Task:
    values = {"title": "Ring the school", "due_on": clock.today(), "today": clock.today()} | fields
    return tasks.add_task(actor=actor, case_id=world.case.pk, **values)


@pytest.mark.rule("NOTE-007", "NOTE-010")
def test_a_task_belongs_to_who_made_it(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        task = _add(actor, world)
        assert (task.assignee_id, task.created_by_id) == (world.caseworker.pk, world.caseworker.pk)
        meeting = _add(actor, world, kind=TaskKind.MEETING, starts_at=dt.time(14, 30), place="Library")
        assert (meeting.kind, meeting.starts_at, meeting.place) == (TaskKind.MEETING, dt.time(14, 30), "Library")
        with pytest.raises(Refused, match="what needs doing"):
            _add(actor, world, title=" ")


@pytest.mark.rule("NOTE-007")
def test_a_task_is_given_to_a_colleague_where_the_organisation_assigns_tasks(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        assert _add(actor, world, assignee_id=world.colleague.pk).assignee_id == world.colleague.pk
        with pytest.raises(Refused, match="your own organisation"):
            _add(actor, world, assignee_id=world.stranger.pk)


@pytest.mark.rule("NOTE-007")
def test_where_tasks_are_not_assigned_giving_one_to_a_colleague_is_refused(world: World, acting_as: ActingAs) -> None:
    """TV-82: a user creates a task assigned to somebody else; refused."""
    with factories.writing():
        world.ours.assigns_tasks = False
        world.ours.save()
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        with pytest.raises(Refused, match="not assigned"):
            _add(actor, world, assignee_id=world.colleague.pk)
        mine = _add(actor, world)
        with pytest.raises(Refused, match="not assigned"):
            _change(actor, mine, assignee_id=world.colleague.pk)


def _change(actor: Actor, task: Task, **fields: Any) -> Task:
    values = {
        "title": task.title,
        "detail": task.detail,
        "due_on": task.due_on,
        "assignee_id": task.assignee_id,
        "version": task.version,
        "today": clock.today(),
    } | fields
    return tasks.change_task(actor=actor, task_id=task.pk, **values)


def test_a_task_is_reworded_handed_over_and_put_off(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    tomorrow = clock.today() + dt.timedelta(days=1)
    with acting_as(actor):
        task = _change(actor, _add(actor, world), title="Ring them", assignee_id=world.colleague.pk)
        assert (task.title, task.assignee_id, task.version) == ("Ring them", world.colleague.pk, 2)
        with pytest.raises(Refused, match="after the one"):
            tasks.defer_task(actor=actor, task_id=task.pk, version=2, due_on=task.due_on)
        assert tasks.defer_task(actor=actor, task_id=task.pk, version=2, due_on=tomorrow).due_on == tomorrow
        with pytest.raises(Conflict):
            tasks.defer_task(actor=actor, task_id=task.pk, version=2, due_on=tomorrow + dt.timedelta(days=1))


@pytest.mark.rule("NOTE-006")
def test_a_task_is_ticked_once_and_the_tick_can_be_undone(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        task = _add(actor, world)
        with pytest.raises(Refused, match="not complete"):
            tasks.reopen_task(actor=actor, task_id=task.pk, version=1)
        done = tasks.complete_task(actor=actor, task_id=task.pk, version=1)
        assert done.completed_at is not None and done.completed_by_id == world.caseworker.pk
        with pytest.raises(Refused, match="already complete"):
            tasks.complete_task(actor=actor, task_id=task.pk, version=2)
        with pytest.raises(Refused, match="already complete"):
            _change(actor, done, title="Other")
        assert tasks.reopen_task(actor=actor, task_id=task.pk, version=2).completed_at is None


def test_a_closed_record_takes_no_task_but_those_on_it_can_be_ticked(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        task = _add(actor, world)
        close_case(actor=actor, case_id=world.case.pk, version=1, today=clock.today())
        with pytest.raises(Refused, match="closed"):
            _add(actor, world)
        with pytest.raises(Refused, match="closed"):
            _change(actor, task, title="Other")
        assert tasks.complete_task(actor=actor, task_id=task.pk, version=1).completed_at is not None


@pytest.mark.rule("ORG-031")
def test_another_council_neither_sees_nor_touches_a_task(world: World, acting_as: ActingAs) -> None:
    task = factories.task(world.case, world.caseworker)
    stranger = world.actor(world.stranger)
    with acting_as(stranger):
        assert queries.my_open_tasks(stranger) == []
        with pytest.raises(NotVisible):
            queries.get_row(stranger, Task, task.pk)
        with pytest.raises(NotVisible):
            tasks.complete_task(actor=stranger, task_id=task.pk, version=1)
        with pytest.raises(NotVisible):
            _add(stranger, world)


def test_my_tasks_come_as_they_fall_due_and_the_late_ones_are_counted(world: World, acting_as: ActingAs) -> None:
    today = clock.today()
    for days in (3, -2, 0):
        factories.task(world.case, world.caseworker, title=f"Due {days}", due_on=today + dt.timedelta(days=days))
    factories.task(world.case, world.colleague, due_on=today - dt.timedelta(days=9))
    factories.task(world.case, world.caseworker, completed_at=clock.now(), due_on=today - dt.timedelta(days=9))
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        assert [line.title for line in queries.my_open_tasks(actor)] == ["Due -2", "Due 0", "Due 3"]
        assert queries.overdue_tasks(actor, today=today) == 1
        lines = queries.tasks_of_case(actor, world.case.pk)
    assert [line.completed_at is None for line in lines] == [True] * 4 + [False]
