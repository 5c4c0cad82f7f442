"""The three things that a council is asked for each sponsored household, and what clears each."""

import datetime as dt

import pytest
from django.db.models import Q

from opensponsor.checks.prompts import ASKS, MOST_HOUSEHOLDS, prompts
from opensponsor.checks.services import summaries
from opensponsor.checks.states import CheckStatus, CheckType
from opensponsor.core.actor import Actor
from opensponsor.hosts.models import Sponsorship
from opensponsor.identity.roles import Role
from tests import factories
from tests.checks.place import TODAY, Hosting, make_hosting
from tests.web.browsing import main_of, signed_in

CONTACT, HOME, SAFEGUARDING = (ask.code for ask in ASKS)


def _refresh(*hostings: Hosting) -> None:
    with factories.writing():
        summaries.refresh([one.household.case_id for one in hostings])


def _asked(actor: Actor) -> list[str]:
    with factories.as_actor(actor):
        return [prompt.code for prompt in prompts(actor, TODAY, among=Q())]


@pytest.fixture
def hosting(db: None) -> Hosting:
    hosting = make_hosting()
    _refresh(hosting)
    return hosting


@pytest.mark.rule("CMS-012")
def test_a_new_match_asks_for_three_things(hosting: Hosting) -> None:
    with factories.as_actor(hosting.actor) as actor:
        found = prompts(actor, TODAY, among=Q())
    assert [one.code for one in found] == [CONTACT, HOME, SAFEGUARDING]
    assert all(one.case_id == hosting.household.case_id and one.clears and one.why for one in found)
    assert "Olena Kovalenko" in str(found[0].title) and found[0].due_on == TODAY + dt.timedelta(days=7)
    text = main_of(signed_in(hosting.user).get("/"))
    for words in ("Contact the sponsor and the guests", "accommodation is suitable", "Do the safeguarding checks"):
        assert words in text


@pytest.mark.rule("CMS-012")
def test_each_goes_when_it_is_done(hosting: Hosting) -> None:
    hosting.record(CheckType.EXISTS)
    assert _asked(hosting.actor) == [HOME, SAFEGUARDING]
    hosting.record(CheckType.SUITABLE, status=CheckStatus.NOT_REQUIRED, checked_on=None)
    assert _asked(hosting.actor) == [SAFEGUARDING]
    hosting.record(CheckType.SPONSOR)
    assert _asked(hosting.actor) == []


def test_a_note_says_that_somebody_spoke_to_them(hosting: Hosting) -> None:
    factories.note(hosting.household.case, hosting.user)
    assert _asked(hosting.actor) == [HOME, SAFEGUARDING]


def test_a_basic_check_where_a_child_comes_is_not_the_end(hosting: Hosting) -> None:
    factories.person(hosting.household, birth_date=TODAY)
    for type_ in (CheckType.EXISTS, CheckType.SUITABLE, CheckType.SPONSOR):
        hosting.record(type_)
    assert _asked(hosting.actor) == [SAFEGUARDING]


def test_without_a_sponsor_nothing_is_asked(hosting: Hosting) -> None:
    with factories.writing():
        Sponsorship.objects.update(ends_on=TODAY)
    assert _asked(hosting.actor) == []


@pytest.mark.rule("ORG-031")
def test_nobody_else_is_asked(hosting: Hosting) -> None:
    county = factories.organisation(reaches=(hosting.council,), may_write=False)
    for actor in (
        factories.actor(None, Role.CASEWORKER),
        factories.actor(county, Role.CASEWORKER),
        factories.actor(hosting.council, Role.SAFEGUARDING_LEAD),
    ):
        assert _asked(actor) == []


def test_what_a_colleague_works_on_is_theirs(hosting: Hosting) -> None:
    colleague = factories.member(hosting.council, Role.CASEWORKER)
    with factories.writing():
        type(hosting.household.case).objects.update(assignee=colleague)
    assert _asked(hosting.actor) == []
    assert len(_asked(factories.actor(hosting.council, of=colleague))) == 3


def test_at_most_a_few_households_at_a_time_and_those_not_begun_first(hosting: Hosting) -> None:
    hosting.record(CheckType.EXISTS)
    _refresh(*(make_hosting(hosting.council) for _ in range(MOST_HOUSEHOLDS)))
    assert _asked(hosting.actor) == [CONTACT, HOME, SAFEGUARDING] * MOST_HOUSEHOLDS
