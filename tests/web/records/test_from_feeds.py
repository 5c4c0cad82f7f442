"""What a feed brought on the records of households and sponsors, beside what a council made of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from opensponsor.hosts.models import Sponsor
from opensponsor.identity.roles import Role
from opensponsor.visas.states import VisaStatus
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def client_of(world: World) -> Client:
    return signed_in(world.caseworker)


@pytest.mark.rule("FEED-010", "FEED-005")
def test_a_person_shows_the_councils_value_with_the_feeds_beside_it(world: World, client_of: Client) -> None:
    fed = {"given_names": "Ivan", "family_name": "Koval", "birth_date": "1990-01-02", "phone": "+380 1", "email": None}
    fed |= {"passport_number": "FX111"}
    factories.person(
        world.case.household,
        "Ivan Kovalenko",
        birth_date=dt.date(1990, 1, 3),
        phone="+380 1",
        passport_number="FX222",
        sex="MALE",
        fed=fed,
    )
    words = main_of(client_of.get(f"/households/{world.case.pk}/people/"))
    assert "Ivan Kovalenko The visa application says: Ivan Koval" in words
    assert "3 January 1990 The visa application says: 2 January 1990" in words
    assert "FX222 The visa application says: FX111" in words
    assert "Phone (follows the visa application) +380 1" in words
    assert "Email Not recorded" in words and "Sex Male" in words
    assert words.count("The visa application says") == 3


@pytest.mark.rule("FEED-005")
def test_what_the_padlock_means_is_said_where_a_feed_speaks_of_somebody(world: World, client_of: Client) -> None:
    said = "The padlock marks what follows the file it came from, until somebody changes it here."
    people = f"/households/{world.case.pk}/people/"
    by_hand, fed = factories.sponsor(world.ours, "Gwen Parry"), factories.sponsor(world.ours, "Siân Rees")
    with factories.writing():
        Sponsor.objects.filter(pk=fed.pk).update(fed={"given_names": "Siân"})
    assert said not in main_of(client_of.get(people))
    assert said not in main_of(client_of.get(f"/sponsors/{by_hand.case_id}/"))
    factories.person(world.case.household, "Ivan Koval", fed={"given_names": "Ivan", "family_name": "Koval"})
    assert said in main_of(client_of.get(people))
    assert said in main_of(client_of.get(f"/sponsors/{fed.case_id}/"))


@pytest.mark.rule("ORG-030")
def test_the_feeds_value_has_the_class_of_its_field(world: World) -> None:
    fed = {"given_names": "Ivan", "family_name": "Koval", "passport_number": "FX111"}
    factories.person(world.case.household, "Ivan Kovalenko", passport_number="FX222", fed=fed)
    page = signed_in(world.administrator).get(f"/households/{world.case.pk}/people/")
    assert "The visa application says: Ivan Koval" in main_of(page)
    assert "FX111" not in page.content.decode() and "FX222" not in page.content.decode()


@pytest.mark.rule("CMS-009")
def test_a_household_shows_its_applications_and_who_sponsors_it(world: World, client_of: Client) -> None:
    household = world.case.household
    sponsor, before = factories.sponsor(world.ours, "Gwen Parry"), factories.sponsor(world.ours, "Former Host")
    address = factories.address(sponsor, "4 Mill Lane", offer_status="MATCHED")
    factories.sponsorship(household, before, starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 6, 1))
    factories.sponsorship(household, sponsor, address, starts_on=dt.date(2024, 6, 1))
    ours = factories.application(world.ours, household, visa_status=VisaStatus.ARRIVED)
    theirs = factories.application(world.theirs)
    page = client_of.get(f"/households/{world.case.pk}/applications/")
    assert ours.uan in main_of(page) and "Arrived" in main_of(page) and theirs.uan not in main_of(page)
    assert f'href="/applications/{ours.pk}/"' in page.content.decode()
    page = client_of.get(f"/households/{world.case.pk}/sponsors/")
    assert "Gwen Parry 4 Mill Lane LL32 8LD Matched 1 Jun 2024 Ongoing" in main_of(page)
    assert "Former Host 1 Jan 2024 1 Jun 2024" in main_of(page)
    assert f'href="/sponsors/{sponsor.case_id}/"' in page.content.decode()
    words = main_of(client_of.get(f"/households/{world.case.pk}/print/"))
    assert ours.uan in words and "Gwen Parry" in words


@pytest.mark.rule("ORG-031")
def test_a_sponsor_of_another_council_is_not_named(world: World, client_of: Client) -> None:
    elsewhere = factories.sponsor(world.theirs, "Hidden Host")
    factories.sponsorship(world.case.household, elsewhere, factories.address(elsewhere, "9 Secret Lane"))
    factories.application(world.ours, world.case.household, sponsor=elsewhere)
    for section in ("sponsors", "applications", "print"):
        words = main_of(client_of.get(f"/households/{world.case.pk}/{section}/"))
        assert "Hidden" not in words and "Secret" not in words
    assert "Recorded with another council" in main_of(client_of.get(f"/households/{world.case.pk}/sponsors/"))
    assert client_of.get(f"/sponsors/{elsewhere.case_id}/addresses/").status_code == 404


@pytest.mark.rule("SPO-004", "SPO-005")
def test_a_sponsor_shows_addresses_and_who_named_them(world: World, client_of: Client) -> None:
    sponsor = factories.sponsor(
        world.ours, "Gwen Parry", source="FEED", home_address="4 Mill Lane", home_postcode="LL328LD", status="HST002"
    )
    url = f"/sponsors/{sponsor.case_id}"
    assert "No address is recorded" in main_of(client_of.get(f"{url}/addresses/"))
    assert "No visa application names this sponsor." in main_of(client_of.get(f"{url}/applicants/"))
    factories.address(sponsor, "Flat 1, 5 Quay", offer_status="AVAILABLE", offer_single_rooms=2, offer_allows_pets=True)
    factories.address(sponsor, "4 Mill Lane", offer_step_free="SOME", is_sponsors_home=True)
    ours = factories.application(world.ours, world.case.household, sponsor=sponsor)
    other = factories.application(world.ours, factories.household(world.ours, "Not Theirs"))
    words = main_of(client_of.get(f"{url}/addresses/"))
    assert "Flat 1, 5 Quay Property Available Postcode LL32 8LD" in words
    assert "Single rooms 2" in words and "Pets Yes" in words and "Without steps Some of it" in words
    words = main_of(client_of.get(f"{url}/applicants/"))
    assert ours.uan in words and "Olena Kovalenko" in words and other.uan not in words
    words = main_of(client_of.get(f"{url}/"))
    assert "Status as a host Approved" in words and "Came from Visa application" in words
    assert "Home address 4 Mill Lane" in words and "LL32 8LD" in words


def test_home_and_postcode_are_changed(world: World, client_of: Client) -> None:
    sponsor = factories.sponsor(world.ours, "Gwen Parry", home_postcode="LL328LD")
    url = f"/sponsors/{sponsor.case_id}/change/"
    assert 'value="LL32 8LD"' in client_of.get(url).content.decode()
    given = {"version": 1, "type": "HOST", "given_names": "Gwen", "family_name": "Parry", "home_address": "1 Quay"}
    refused = client_of.post(url, {**given, "home_postcode": "nonsense"})
    assert "Enter a postcode such as LL32 8LD" in main_of(refused)
    assert client_of.post(url, {**given, "home_postcode": "ll30 1aa"}).status_code == 302
    with factories.writing():
        stored = Sponsor.objects.get(pk=sponsor.pk)
    assert (stored.home_address, stored.home_postcode) == ("1 Quay", "LL301AA")
    assert signed_in(factories.member(world.theirs, Role.CASEWORKER)).get(url).status_code == 404


def test_sections_cost_few_statements_however_many_rows(
    world: World, client_of: Client, django_assert_max_num_queries: Any
) -> None:
    sponsor = factories.sponsor(world.ours, "Gwen Parry")
    for number in range(12):
        address = factories.address(sponsor, f"{number} Mill Lane")
        factories.sponsorship(world.case.household, sponsor, address)
        factories.person(world.case.household, f"Ivan{number} Koval")
        factories.application(world.ours, world.case.household, sponsor=sponsor)
    household, host = f"/households/{world.case.pk}", f"/sponsors/{sponsor.case_id}"
    sections = [f"{household}/{name}/" for name in ("people", "applications", "sponsors")]
    for address in (*sections, f"{host}/", f"{host}/addresses/", f"{host}/applicants/"):
        client_of.get(address)
        with django_assert_max_num_queries(12 + 2):  # and the two ends of the request
            assert client_of.get(address).status_code == 200
