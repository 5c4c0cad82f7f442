"""Notes and activity, and the history, as somebody reads them."""

import datetime as dt

import pytest

from opensponsor.people.models import Household
from opensponsor.people.services import change_household, change_person
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World


def _url(world: World, section: str) -> str:
    return f"/households/{world.case.pk}/{section}"


@pytest.fixture
def changed(world: World, acting_as: object) -> World:
    """The household with an expected date, and a lead applicant with a phone and a passport number."""
    actor = world.actor(world.caseworker)
    household = world.case.household
    with acting_as(actor):  # type: ignore[operator]
        change_household(actor=actor, household_id=household.pk, version=1, expected_on=dt.date(2026, 3, 6))
        change_household(actor=actor, household_id=household.pk, version=2, expected_on=dt.date(2026, 3, 7))
        member = Household.objects.get(pk=household.pk).members.get()
        change_person(actor=actor, person_id=member.person_id, version=1, phone="07700900123", passport_number="AB1")
    return world


@pytest.mark.rule("ORG-033")
def test_old_and_new_values_are_for_those_who_may_read_the_history(changed: World) -> None:
    champion = main_of(signed_in(changed.champion).get(_url(changed, "notes/?show=changes")))
    assert "Household changed" in champion and "Expected arrival: 6 March 2026 → 7 March 2026" in champion
    assert "Person changed: Olena Kovalenko" in champion and "Phone: nothing → 07700900123" in champion
    caseworker = main_of(signed_in(changed.caseworker).get(_url(changed, "notes/?show=changes")))
    assert "Household changed" in caseworker and "Expected arrival" in caseworker
    section = caseworker[caseworker.index("What is shown") if "What is shown" in caseworker else 0 :]
    assert "6 March 2026" not in section and "→" not in section


@pytest.mark.rule("ORG-033")
def test_the_history_section_says_who_when_field_before_and_after(changed: World) -> None:
    text = main_of(signed_in(changed.champion).get(_url(changed, "history/")))
    for words in ("Sara Lewis", "Household changed", "Expected arrival", "6 March 2026", "7 March 2026", "AB1"):
        assert words in text


@pytest.mark.rule("ORG-030", "ORG-033")
def test_the_history_leaves_out_fields_that_the_reader_may_not_see(changed: World) -> None:
    text = main_of(signed_in(changed.administrator).get(_url(changed, "history/")))
    assert "Phone" in text and "07700900123" in text
    assert "Passport number" not in text and "AB1" not in text


def test_the_access_log_says_who_opened_the_record(world: World) -> None:
    signed_in(world.caseworker).get(_url(world, "tasks/"))
    text = main_of(signed_in(world.champion).get(_url(world, "opened/")))
    assert "Sara Lewis" in text and "Conwy CC" in text and "Tasks" in text


def test_older_entries_are_a_page_away_and_nothing_is_shown_twice(world: World) -> None:
    for number in range(35):
        factories.note(world.case, world.caseworker, title=f"Entry {number:02d}.")
    client = signed_in(world.caseworker)
    first = client.get(_url(world, "notes/?show=notes"))
    shown = [f"Entry {number:02d}." for number in range(35) if f"Entry {number:02d}." in main_of(first)]
    assert len(shown) == 30
    second = main_of(client.get(first.context["pages"].next_url))
    assert [f"Entry {number:02d}." for number in range(35) if f"Entry {number:02d}." in second] == [
        f"Entry {number:02d}." for number in range(5)
    ]


@pytest.mark.parametrize("query", ["show=nonsense", "before=nonsense", "before=", "show=notes&before=2026-01-01"])
def test_an_address_somebody_spoiled_shows_the_page_all_the_same(world: World, query: str) -> None:
    assert signed_in(world.caseworker).get(_url(world, f"notes/?{query}")).status_code == 200


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999999", "١"])
def test_a_spoiled_place_in_the_history_shows_its_beginning(world: World, before: str) -> None:
    assert signed_in(world.champion).get(_url(world, f"history/?before={before}")).status_code == 200


def test_what_somebody_writes_never_becomes_markup(world: World) -> None:
    factories.note(world.case, world.caseworker, title="<script>alert(1)</script>", body="<b>bold</b> & more")
    html = signed_in(world.caseworker).get(_url(world, "")).content.decode()
    assert "<script>alert" not in html and "&lt;b&gt;bold&lt;/b&gt; &amp; more" in html
