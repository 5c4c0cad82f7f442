"""A record is transferred while others edit, note and tick: nothing stays behind, nothing acknowledged is lost."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from opensponsor.cases.models import Case, Note
from opensponsor.cases.services import cases, notes, tasks
from opensponsor.cases.states import NoteKind
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.core.rowsecurity import acting, as_system
from opensponsor.people.models import Household, Person
from opensponsor.people.services import change_person
from tests import factories
from tests.races.crowd import at_once
from tests.world import World, make_world

ROUNDS = 12
_OWNED = """
SELECT table_name FROM information_schema.columns c JOIN information_schema.columns o USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND c.column_name = 'case_id' AND o.column_name = 'owner_id'
  AND table_name <> 'audit_event'
ORDER BY table_name
"""


def _tried(world: World, act: Callable[[], object]) -> bool:
    """Whether the act was acknowledged; to be told that the record moved on is no fault."""
    try:
        with acting(world.actor(world.caseworker)):
            act()
    except (Conflict, NotVisible, Refused):
        return False
    return True


def _left_behind(case: Case, owner_id: int) -> list[str]:
    """Tables with a row of this case that another organisation owns."""
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute(_OWNED)
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE case_id = %s AND owner_id <> %s', [case.pk, owner_id])
            found += [table] * bool(cursor.fetchone()[0])
    assert "people_person" in tables and "cases_note" in tables
    return found


@pytest.mark.committed
@pytest.mark.rule("ORG-003")
def test_whatever_happens_at_the_same_time_every_row_has_the_owner_of_its_case() -> None:
    world = make_world()
    actor = world.actor(world.caseworker)
    transfers = 0
    for number in range(ROUNDS):
        household = factories.household(world.ours, f"Person Nr{number}", route="SS")
        with as_system("test"):
            person = Person.objects.get(case=household.case)
        task = factories.task(household.case, world.caseworker)
        given = {"actor": actor, "case_id": household.case_id}
        outcomes = at_once(
            [
                partial(_tried, world, work)
                for work in (
                    partial(cases.transfer_case, **given, version=1, new_owner_id=world.theirs.pk),
                    partial(notes.add_note, **given, kind=NoteKind.CASE_NOTE, title="Met", body="At the station"),
                    partial(change_person, actor=actor, person_id=person.pk, version=1, phone="07700900123"),
                    partial(tasks.complete_task, actor=actor, task_id=task.pk, version=1),
                )
            ]
        )
        transferred, noted, changed, ticked = outcomes
        transfers += transferred
        owner_id = world.theirs.pk if transferred else world.ours.pk
        assert _left_behind(household.case, owner_id) == []
        with as_system("test"):
            assert Household.objects.get(case=household.case).owner_id == owner_id
            assert Note.objects.filter(case=household.case).exists() is noted
            person.refresh_from_db()
            task.refresh_from_db()
        assert (person.phone == "07700900123") is changed
        assert (task.completed_at is not None) is ticked
    assert transfers > 0
