"""What needs doing."""

import datetime as dt

import pytest
from django.urls import reverse

from opensponsor.core import clock
from opensponsor.identity.models import AccessRequest
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World


def test_tasks_and_prompts_stand_together_by_urgency_and_say_why(world: World) -> None:
    today = clock.today()
    factories.task(world.case, world.caseworker, title="Ring the school", due_on=today - dt.timedelta(days=9))
    factories.household(world.ours, "Ivan Melnyk", expected_on=today + dt.timedelta(days=2))
    factories.household(world.ours, "Petro Lysenko", case_opened_on=today - dt.timedelta(days=3))
    text = main_of(signed_in(world.caseworker).get("/"))
    order = [
        "Critically overdue",
        "Ring the school",
        "Overdue",
        "Choose a caseworker for Petro Lysenko",
        "This week",
        "Get ready for Ivan Melnyk",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "Open for more than 2 days without a caseworker" in text
    assert "Done when: the record has a caseworker, or is closed" in text


def test_each_thing_leads_to_where_it_is_cleared(world: World) -> None:
    case = factories.household(world.ours, "Ivan Melnyk", expected_on=clock.today()).case
    client = signed_in(world.caseworker)
    assert f'href="/cases/{case.pk}/"' in client.get("/").content.decode()
    assert client.get(f"/cases/{case.pk}/", follow=True).status_code == 200


def test_another_councils_work_is_not_here(world: World) -> None:
    factories.household(world.ours, "Ivan Melnyk", expected_on=clock.today())
    text = main_of(signed_in(world.stranger).get("/"))
    assert "Melnyk" not in text and "Nothing waits for you" in text


def test_the_records_opened_last_are_listed_while_they_are_seen(world: World) -> None:
    other = factories.household(world.ours, "Ivan Melnyk").case
    client = signed_in(world.caseworker)
    for case in (world.case, other):
        client.get(f"/households/{case.pk}/")
    text = main_of(client.get("/"))
    assert text.index("Ivan Melnyk") < text.index("Olena Kovalenko")
    given = {"organisation_id": world.theirs.pk, "version": 1, "is_confirmed": "on"}
    client.post(f"/cases/{world.case.pk}/transfer/", given)
    assert "Olena Kovalenko" not in main_of(client.get("/"))


def test_who_works_on_no_case_still_has_a_home(db: None) -> None:
    platform = factories.organisation(OrganisationKind.PLATFORM, realm=Realm.PLATFORM)
    user = factories.member(platform, Role.PLATFORM_ADMINISTRATOR)
    assert "Nothing waits for you" in main_of(signed_in(user).get("/"))


@pytest.mark.rule("ORG-016")
def test_a_request_for_an_account_waits_for_the_champion(world: World) -> None:
    with factories.writing():
        AccessRequest.objects.create(
            organisation=world.ours, full_name="Elin Roberts", email="elin@example.test", operational_need="Casework"
        )
    sentence = "Answer the request of Elin Roberts for an account"
    client = signed_in(world.champion)
    page = client.get("/")
    assert sentence in main_of(page)
    assert client.get(reverse("team:requests")).status_code == 200
    for other in (world.caseworker, world.stranger):
        assert sentence not in main_of(signed_in(other).get("/"))
