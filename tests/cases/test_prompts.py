"""What the platform asks for, whom, and what clears it."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from opensponsor.cases import prompts as of_cases
from opensponsor.cases.services.cases import assign_case, close_case
from opensponsor.cases.services.requests import raise_request
from opensponsor.cases.states import RequestKind
from opensponsor.core import clock
from opensponsor.core.prompts import Prompt
from tests import factories
from tests.world import World

ActingAs = Callable[..., AbstractContextManager[Any]]


def _codes(found: list[Prompt]) -> list[str]:
    return [prompt.code for prompt in found]


@pytest.mark.parametrize(("age", "is_asked"), [(2, False), (3, True)])
def test_a_case_that_is_nobodys_is_asked_about_after_two_days(
    world: World, acting_as: ActingAs, age: int, is_asked: bool
) -> None:
    today = world.case.opened_on + dt.timedelta(days=age)
    actor, stranger = world.actor(world.caseworker), world.actor(world.stranger)
    with acting_as(actor):
        found = of_cases.prompts(actor, today)
        assert _codes(found) == (["case.unassigned"] if is_asked else [])
        if is_asked:
            assert found[0].due_on == world.case.opened_on + dt.timedelta(days=2)
            assert found[0].why and found[0].clears and found[0].case_id == world.case.pk
        assign_case(actor=actor, case_id=world.case.pk, version=1, assignee_id=actor.user_id, today=clock.today())
        assert of_cases.prompts(actor, today) == []
    with acting_as(stranger):
        assert of_cases.prompts(stranger, today) == []


def test_a_task_that_is_nobodys_is_asked_about(world: World, acting_as: ActingAs) -> None:
    factories.task(world.case, None, title="Ring the school")
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        (prompt,) = of_cases.prompts(actor, clock.today())
    assert prompt.code == "task.unassigned" and "Ring the school" in str(prompt.title)


def test_a_request_waits_for_the_national_team_until_it_is_decided(world: World, acting_as: ActingAs) -> None:
    champion, administrator = world.actor(world.champion), world.actor(world.administrator)
    with acting_as(champion):
        close_case(actor=champion, case_id=world.case.pk, version=1, today=clock.today())
        raise_request(actor=champion, case_id=world.case.pk, kind=RequestKind.REOPEN_CASE, reason="Back")
        assert "request.waiting" not in _codes(of_cases.prompts(champion, clock.today()))
    with acting_as(administrator):
        (prompt,) = of_cases.prompts(administrator, clock.today())
        assert (prompt.code, prompt.page) == ("request.waiting", "casework:requests")
