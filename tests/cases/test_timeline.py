"""One stream of what happened on a case."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from opensponsor.audit import queries as audit
from opensponsor.audit.services import record_access
from opensponsor.cases import timeline
from opensponsor.cases.models import Note
from opensponsor.cases.services import notes, tasks
from opensponsor.cases.services.cases import assign_case, share_case
from opensponsor.cases.states import NoteKind
from opensponsor.cases.timeline import Entry, Show, Source
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.people.services import change_household
from tests import factories
from tests.world import World

ActingAs = Callable[..., AbstractContextManager[Any]]


def _stream(actor: Actor, world: World, show: Show = Show.ALL, limit: int = 50, **more: Any) -> list[Entry]:
    return timeline.stream(actor, world.case.pk, show=show, limit=limit, **more)


def _work(actor: Actor, world: World) -> None:
    """A note, an event of each sort, and a changed field."""
    today = clock.today()
    notes.add_note(actor=actor, case_id=world.case.pk, kind=NoteKind.PHONE_CALL, title="Rang", body="All well")
    assign_case(actor=actor, case_id=world.case.pk, version=1, assignee_id=world.colleague.pk, today=today)
    share_case(actor=actor, case_id=world.case.pk, organisation_id=world.theirs.pk, reason="x", today=today)
    tasks.add_task(actor=actor, case_id=world.case.pk, title="Ring the school", due_on=today, today=today)
    change_household(actor=actor, household_id=world.case.household.pk, version=1, expected_on=dt.date(2026, 3, 7))


@pytest.mark.rule("ORG-004")
def test_the_stream_holds_notes_events_and_changes_the_newest_first(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        _work(actor, world)
        found = _stream(actor, world)
    kinds = [(entry.source, entry.code) for entry in found]
    assert kinds == [
        (Source.CHANGE, "UPDATE"),
        (Source.EVENT, "task.added"),
        (Source.EVENT, "case.shared"),
        (Source.EVENT, "case.assigned"),
        (Source.NOTE, "PHONE_CALL"),
    ]
    change, task, share, assignment, note = found
    assert (change.table, change.detail) == ("people_household", {"expected_on": [None, "2026-03-07"]})
    assert (task.task, share.organisation, assignment.person) == ("Ring the school", "Gwynedd CC", "Tomos Rees")
    assert (note.title, note.text, note.actor_name, note.team) == ("Rang", "All well", "Sara Lewis", "Conwy CC")
    assert {(entry.actor_name, entry.team) for entry in found} == {("Sara Lewis", "Conwy CC")}


@pytest.mark.parametrize(
    ("show", "sources"),
    [
        (Show.NOTES, {Source.NOTE}),
        (Show.EVENTS, {Source.EVENT}),
        (Show.CHANGES, {Source.CHANGE}),
        (Show.ALL, {Source.NOTE, Source.EVENT, Source.CHANGE}),
    ],
)
def test_filters_narrow_the_stream(world: World, acting_as: ActingAs, show: Show, sources: set[Source]) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        _work(actor, world)
        assert {entry.source for entry in _stream(actor, world, show)} == sources


def test_who_looked_is_not_part_of_the_stream(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        record_access(audit.RECORD_OPENED, actor=actor, case_id=world.case.pk)
        for show in Show:
            assert _stream(actor, world, show) == []


@pytest.mark.rule("NOTE-013")
def test_pinned_notes_stand_on_top_of_the_first_page_only(world: World, acting_as: ActingAs) -> None:
    pinned = factories.note(world.case, world.caseworker, title="EXPECTED ARRIVAL DATE/ TIME", is_pinned=True)
    for number in range(5):
        factories.note(world.case, world.caseworker, title=f"Note {number}")
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        first = _stream(actor, world, Show.NOTES, limit=3)
        assert [entry.title for entry in first] == [pinned.title, "Note 4", "Note 3", "Note 2"]
        second = _stream(actor, world, Show.NOTES, limit=3, before=first[-1].at)
        assert [entry.title for entry in second] == ["Note 1", "Note 0"]


def test_pages_of_the_stream_neither_repeat_nor_skip(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        for number in range(7):
            notes.add_note(actor=actor, case_id=world.case.pk, kind=NoteKind.CASE_NOTE, title=f"Note {number}", body="")
            note = Note.objects.latest("created_at")
            notes.change_note(
                actor=actor, note_id=note.pk, version=1, kind=NoteKind.CASE_NOTE, title=f"Note {number}", body="x"
            )
        whole = [entry.id for entry in _stream(actor, world)]
        paged: list[str] = []
        before = None
        for _page in range(10):
            page = _stream(actor, world, limit=4, before=before)
            if not page:
                break
            paged += [entry.id for entry in page]
            before = page[-1].at
    assert len(whole) == 14 and paged == whole


@pytest.mark.rule("NOTE-006")
def test_of_a_note_entered_in_error_only_the_reason_is_read(world: World, acting_as: ActingAs) -> None:
    note = factories.note(world.case, world.caseworker, body="About somebody else")
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        notes.remove_note(actor=actor, note_id=note.pk, version=1, reason="Wrong household")
        found = _stream(actor, world, Show.NOTES)
    assert [(entry.is_removed, entry.text) for entry in found] == [(True, "Wrong household")]


@pytest.mark.rule("ORG-030")
def test_who_reads_no_notes_reads_neither_notes_nor_what_tasks_say(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        _work(actor, world)
    board = factories.organisation(OrganisationKind.HEALTH_BOARD, reaches=(world.ours,), may_write=False)
    officer = factories.actor(board, Role.HEALTH_OFFICER)
    with acting_as(officer):
        assert _stream(officer, world, Show.NOTES) == []
        found = _stream(officer, world)
    assert found and all(entry.source != Source.NOTE and not entry.task for entry in found)


@pytest.mark.rule("ORG-031")
def test_another_council_reads_nothing_of_the_stream(world: World, acting_as: ActingAs) -> None:
    actor, stranger = world.actor(world.caseworker), world.actor(world.stranger)
    with acting_as(actor):
        notes.add_note(actor=actor, case_id=world.case.pk, kind=NoteKind.CASE_NOTE, title="x", body="y")
    with acting_as(stranger):
        assert _stream(stranger, world) == []
        assert audit.changes_of(world.case.pk, limit=10) == []


@pytest.mark.rule("ORG-033")
def test_the_history_keeps_who_when_what_before_and_after(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        _work(actor, world)
        lines = audit.changes_of(world.case.pk, limit=100)
        line = next(line for line in lines if line.table == "people_household" and line.code == "UPDATE")
        assert (line.actor, line.organisation_id) == (str(world.caseworker.pk), world.ours.pk)
        assert line.detail == {"expected_on": [None, "2026-03-07"]}
        assert clock.now() - line.at < dt.timedelta(minutes=5)
        assert audit.changes_of(world.case.pk, limit=100, before=lines[2].id) == lines[3:]
        latest = audit.last_change("people_household", world.case.household.pk)
        assert latest == line


def test_what_somebody_opened_last_comes_first_and_once(world: World, acting_as: ActingAs) -> None:
    other = factories.household(world.ours, "Ivan Melnyk").case
    actor, colleague = world.actor(world.caseworker), world.actor(world.colleague)
    with acting_as(actor):
        for case in (world.case, other, world.case):
            record_access(audit.RECORD_OPENED, actor=actor, case_id=case.pk)
        assert audit.opened_lately(actor, limit=5) == [world.case.pk, other.pk]
        assert audit.opened_lately(actor, limit=1) == [world.case.pk]
    with acting_as(colleague):
        assert audit.opened_lately(colleague, limit=5) == []
