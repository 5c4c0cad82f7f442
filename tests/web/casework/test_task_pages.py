"""Pages of tasks and meetings."""

import datetime as dt

import pytest

from opensponsor.cases.models import Task
from opensponsor.core import clock
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World

TODAY = clock.today()


def _fields(**more: object) -> dict[str, object]:
    return {"kind": "TASK", "title": "Ring the school", "due_on": TODAY.isoformat(), "detail": ""} | more


def _tasks(world: World) -> list[Task]:
    with factories.writing():
        return list(Task.objects.filter(case=world.case))


def _add_url(world: World) -> str:
    return f"/cases/{world.case.pk}/tasks/add/"


@pytest.mark.rule("NOTE-010")
def test_a_meeting_is_added_for_a_colleague_and_stands_on_the_record(world: World) -> None:
    client = signed_in(world.caseworker)
    given = _fields(kind="MEETING", starts_at="14:30", place="Library", assignee_id=world.colleague.pk)
    text = main_of(client.post(_add_url(world), given, follow=True))
    for words in ("Added: Ring the school", "14:30", "Library", "Tomos Rees", "Today"):
        assert words in text


@pytest.mark.rule("NOTE-007")
def test_where_tasks_are_not_assigned_there_is_nobody_to_choose(world: World) -> None:
    with factories.writing():
        world.ours.assigns_tasks = False
        world.ours.save()
    client = signed_in(world.caseworker)
    assert "Who does it" not in main_of(client.get(_add_url(world)))
    client.post(_add_url(world), _fields(assignee_id=world.colleague.pk))
    (task,) = _tasks(world)
    assert task.assignee_id == world.caseworker.pk


def test_what_is_missing_is_said_and_what_was_typed_stays(world: World) -> None:
    text = (
        signed_in(world.caseworker).post(_add_url(world), _fields(due_on="", detail="Ask for a place")).content.decode()
    )
    assert "Enter the day it is due" in text and "Ask for a place" in text and _tasks(world) == []


def test_my_tasks_are_grouped_by_how_late_they_are(world: World) -> None:
    for days, title in ((-8, "Old"), (-1, "Late"), (0, "Now"), (3, "Soon"), (30, "Far")):
        factories.task(world.case, world.caseworker, title=title, due_on=TODAY + dt.timedelta(days=days))
    factories.task(world.case, world.colleague, title="Not mine")
    text = main_of(signed_in(world.caseworker).get("/tasks/"))
    order = ["Critically overdue", "Old", "Overdue", "Late", "Today", "Now", "This week", "Soon", "Later", "Far"]
    places = [text.index(words) for words in order]
    assert places == sorted(places) and "Not mine" not in text and world.case.reference in text


def test_nothing_to_do_says_so(world: World) -> None:
    assert "You have no task" in main_of(signed_in(world.caseworker).get("/tasks/"))


@pytest.mark.rule("NOTE-006")
def test_a_task_is_ticked_and_unticked_with_one_press(world: World) -> None:
    task = factories.task(world.case, world.caseworker)
    client = signed_in(world.caseworker)
    text = main_of(client.post(f"/tasks/{task.pk}/complete/", {"version": 1}, follow=True))
    assert "Complete: Ring the household" in text and "Not complete after all" in text
    assert client.post(f"/tasks/{task.pk}/complete/", {"version": 1}).status_code == 409
    text = main_of(client.post(f"/tasks/{task.pk}/reopen/", {"version": 2}, follow=True))
    assert "Not complete any more" in text
    assert client.get(f"/tasks/{task.pk}/complete/").status_code == 405


@pytest.mark.parametrize(("due", "days", "expected"), [(-3, 1, 1), (0, 7, 7), (5, 1, 6)])
def test_a_task_is_put_off_from_today_or_from_its_own_later_day(
    world: World, due: int, days: int, expected: int
) -> None:
    task = factories.task(world.case, world.caseworker, due_on=TODAY + dt.timedelta(days=due))
    client = signed_in(world.caseworker)
    assert "Put off by a week" in main_of(client.get(f"/tasks/{task.pk}/"))
    client.post(f"/tasks/{task.pk}/put-off/{days}/", {"version": 1})
    assert _tasks(world)[0].due_on == TODAY + dt.timedelta(days=expected)
    assert client.post(f"/tasks/{task.pk}/put-off/999999999/", {"version": 2}).status_code == 404


def test_a_task_is_changed_and_the_message_names_what_changed(world: World) -> None:
    task = factories.task(world.case, world.caseworker)
    client = signed_in(world.caseworker)
    before = client.get(f"/tasks/{task.pk}/change/").context["form"].initial["before"]
    given = _fields(title="Write to the school", version=1, before=before, assignee_id=world.caseworker.pk)
    text = main_of(client.post(f"/tasks/{task.pk}/change/", given, follow=True))
    assert "Saved: What needs doing." in text and "Write to the school" in text


@pytest.mark.rule("ORG-031")
@pytest.mark.parametrize("is_shared", [False, True])
def test_another_council_changes_nothing_of_a_task(world: World, is_shared: bool) -> None:
    task = factories.task(world.case, world.caseworker)
    if is_shared:
        world.share()
    client = signed_in(world.stranger)
    assert client.get(f"/tasks/{task.pk}/").status_code == (200 if is_shared else 404)
    assert client.get(f"/tasks/{task.pk}/change/").status_code == 404
    assert client.get(_add_url(world)).status_code == 404
    for name in ("change", "complete", "reopen", "put-off/1"):
        assert client.post(f"/tasks/{task.pk}/{name}/", _fields(version=1)).status_code == 404
    assert client.post(_add_url(world), _fields()).status_code == 404
    (kept,) = _tasks(world)
    assert (kept.version, kept.completed_at, kept.title) == (1, None, task.title)
