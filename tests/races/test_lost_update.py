"""Eight people write on one row at once. Every save that was acknowledged is still there.

Each writer adds its own mark to the text it read, as somebody adds a line to what they see on the page. A mark that
was acknowledged and is not in the text at the end was overwritten by somebody who had not read it.
"""

from collections.abc import Callable
from functools import partial

import pytest

from opensponsor.cases import queries
from opensponsor.cases.models import Note, Task
from opensponsor.cases.services import notes, tasks
from opensponsor.cases.states import NoteKind
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict
from opensponsor.core.rowsecurity import acting
from tests import factories
from tests.races.crowd import at_once
from tests.world import World, make_world

WRITERS = 8
SAVES = 6


def _read(actor: Actor, task: Task) -> Task:
    with acting(actor):
        return queries.get_row(actor, Task, task.pk)


def _save_with_version(actor: Actor, seen: Task, text: str) -> None:
    with acting(actor):
        tasks.change_task(
            actor=actor,
            task_id=seen.pk,
            version=seen.version,
            title=seen.title,
            detail=text,
            due_on=seen.due_on,
            assignee_id=seen.assignee_id,
            today=clock.today(),
        )


def _save_last_write_wins(actor: Actor, seen: Task, text: str) -> None:
    """What a model's own `save()` does: the whole row as it was read, whatever is stored by now."""
    with acting(actor):
        seen.detail = text
        seen.save()


def _add_marks(actor: Actor, task: Task, writer: int, save: Callable[[Actor, Task, str], None]) -> list[str]:
    """Read, add a mark, save; start again after a conflict. Returns the marks that were acknowledged."""
    acknowledged = []
    for number in range(SAVES):
        mark = f"<{writer}.{number}>"
        for _try in range(WRITERS * SAVES * 3):
            seen = _read(actor, task)
            try:
                save(actor, seen, seen.detail + mark)
            except Conflict:
                continue
            acknowledged.append(mark)
            break
    return acknowledged


def _lost(world: World, save: Callable[[Actor, Task, str], None]) -> tuple[int, int]:
    """How many saves were acknowledged, and how many of them are gone."""
    task = factories.task(world.case, world.caseworker)
    actor = world.actor(world.caseworker)
    done = at_once([partial(_add_marks, actor, task, writer, save) for writer in range(WRITERS)])
    text = _read(actor, task).detail
    marks = [mark for marks in done for mark in marks]
    return len(marks), sum(mark not in text for mark in marks)


@pytest.mark.committed
def test_with_the_version_no_acknowledged_save_is_lost() -> None:
    acknowledged, lost = _lost(make_world(), _save_with_version)
    assert (acknowledged, lost) == (WRITERS * SAVES, 0)


@pytest.mark.committed
def test_without_the_version_saves_are_lost_so_that_the_test_above_can_fail() -> None:
    _acknowledged, lost = _lost(make_world(), _save_last_write_wins)
    assert lost > 0


@pytest.mark.committed
def test_of_eight_who_send_the_same_version_one_is_acknowledged() -> None:
    world = make_world()
    actor = world.actor(world.caseworker)
    note = factories.note(world.case, world.caseworker)

    def change(writer: int) -> bool:
        try:
            with acting(actor):
                notes.change_note(
                    actor=actor, note_id=note.pk, version=1, kind=NoteKind.CASE_NOTE, title=f"{writer}", body="x"
                )
        except Conflict:
            return False
        return True

    outcomes = at_once([partial(change, writer) for writer in range(WRITERS)])
    with acting(actor):
        stored = Note.objects.get(pk=note.pk)
    assert outcomes.count(True) == 1 and stored.version == 2
    assert stored.title == str(outcomes.index(True))
