"""Who is expected and who should have arrived: whom the platform asks, and what their visas have to do with it."""

import datetime as dt

import pytest
from django.db.models import Q

from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.identity.models import Organisation
from opensponsor.identity.roles import Role
from opensponsor.people.models import Person
from opensponsor.visas.prompts import prompts
from opensponsor.visas.states import VisaStatus as V
from tests import factories
from tests.web.browsing import main_of, signed_in

TODAY = clock.today()
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def council(db: None) -> Organisation:
    return factories.organisation()


def _asked(actor: Actor, today: dt.date = TODAY) -> list[str]:
    with factories.as_actor(actor):
        return [prompt.code for prompt in prompts(actor, today)]


@pytest.mark.parametrize(
    ("days", "arrived", "expected"),
    [
        (8, False, []),
        (7, False, ["household.expected"]),
        (0, False, ["household.expected"]),
        (-1, False, ["household.late"]),
        (-1, True, []),
    ],
)
def test_a_household_is_asked_about_from_a_week_before_it_is_expected_until_it_arrived(
    council: Organisation, days: int, arrived: bool, expected: list[str]
) -> None:
    day = TODAY + dt.timedelta(days=days)
    factories.household(council, "Ivan Melnyk", expected_on=day, arrived_on=TODAY if arrived else None)
    assert _asked(factories.actor(council, Role.CASEWORKER)) == expected
    assert _asked(factories.actor(None, Role.CASEWORKER)) == []


def test_a_household_of_a_colleague_is_the_colleagues_prompt(council: Organisation) -> None:
    colleague = factories.member(council, Role.CASEWORKER)
    factories.household(council, "Ivan Melnyk", expected_on=TODAY, case_assignee=colleague)
    assert _asked(factories.actor(council, Role.CASEWORKER)) == []
    assert len(_asked(factories.actor(council, of=colleague))) == 1


@pytest.mark.rule("CMS-012")
@pytest.mark.parametrize(
    ("statuses", "is_asked"),
    [
        ([], True),
        ([V.ISSUED], True),
        ([V.PENDING], True),
        ([V.ARRIVED], True),
        ([V.LAPSED], False),
        ([V.WITHDRAWN], False),
        ([V.REFUSED], False),
        ([V.LAPSED, V.WITHDRAWN, V.REFUSED], False),
        ([V.REFUSED, V.ISSUED], True),
    ],
)
def test_nobody_is_awaited_once_every_application_came_to_an_end(
    council: Organisation, statuses: list[V], is_asked: bool
) -> None:
    household = factories.household(council, "Ivan Melnyk", expected_on=YESTERDAY)
    for status in statuses:
        factories.application(council, household, visa_status=status)
    actor = factories.actor(council, Role.CASEWORKER)
    assert _asked(actor) == (["household.late"] if is_asked else [])


@pytest.mark.rule("ORG-035")
def test_nobody_is_asked_about_people_who_have_died(council: Organisation) -> None:
    household = factories.household(council, "Ivan Melnyk", expected_on=YESTERDAY)
    child = factories.person(household, "Olena Melnyk")
    actor = factories.actor(council, Role.CASEWORKER)
    for gone, asked in ((Q(pk=child.pk), ["household.late"]), (Q(), [])):
        with factories.writing():
            Person.objects.filter(gone).update(inactive_since=TODAY)
        assert _asked(actor) == asked


@pytest.mark.rule("CMS-012")
def test_the_home_page_asks_about_those_who_may_still_come(council: Organisation) -> None:
    for name, status in (("Olena Zhadan", V.ISSUED), ("Ivan Melnyk", V.LAPSED)):
        household = factories.household(council, name, expected_on=YESTERDAY)
        factories.application(council, household, visa_status=status)
    text = main_of(signed_in(factories.member(council, Role.CASEWORKER)).get("/"))
    assert "Has Olena Zhadan arrived?" in text and "Has Ivan Melnyk arrived?" not in text
