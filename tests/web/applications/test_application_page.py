"""The page of an application: locked to the feed, and every field traced to the file."""

import datetime as dt

import pytest

from opensponsor.audit.models import Event
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.visas.states import VisaStatus
from tests import factories
from tests.web.browsing import main_of, signed_in

RAW = {
    "application_unique_application_number": "3434-0000-0000-0009",
    "visa_status": "issued",
    "Q44b_given_name": "OLENA",
    "Q44c_family_name": "KOVAL",
    "Q12b_applicant_passport_travel_number": "FX999111",
    "Q97c_sponsor_name": "Gwen Parry",
    "ltla_name": "Conwy",
    "Q40a_telephone_number_details": ["+380 1", "+380 2"],
}


@pytest.fixture
def application(place):
    household = factories.household(place.council, "Olena Koval", case_reference="FAM000007")
    sponsor = factories.sponsor(place.council, "Gwen Parry")
    address = factories.address(sponsor, "4 Mill Lane, Conwy")
    made = factories.application(
        place.council,
        household,
        uan="3434000000000009",
        sponsor=sponsor,
        address=address,
        given_names="OLENA",
        family_name="KOVAL",
        event_at=dt.datetime(2026, 3, 7, 10, tzinfo=dt.UTC),
        ingested_at=dt.datetime(2026, 3, 8, 4, tzinfo=dt.UTC),
        proposed_postcode="LL328LD",
    )
    nation = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    load = factories.load(nation, finished_at=dt.datetime(2026, 3, 9, 5, tzinfo=dt.UTC))
    factories.source_row(made, load, RAW, line=12)
    return made


@pytest.mark.rule("FEED-004", "FEED-005")
def test_every_field_has_a_padlock_and_none_a_way_to_change_it(place, application):
    page = place.get(f"/applications/{application.pk}/")
    words, html = main_of(page), page.content.decode()
    said = html[html.index("What the feed says") : html.index("Where this comes from")]
    assert said.count("<dt") == said.count("<svg") == said.count("(locked)") > 10
    assert "Change" not in words and "<form" not in html[html.index("<main") :]
    assert "follows the feed of visa applications" in words
    assert place.client.post(f"/applications/{application.pk}/", {"visa_status": "ARRIVED"}).status_code == 200
    application.refresh_from_db()
    assert (application.visa_status, application.version) == (VisaStatus.ISSUED, 1)


@pytest.mark.rule("CMS-011", "FEED-007")
def test_it_says_when_the_feed_came_last(place, application):
    words = main_of(place.get(f"/applications/{application.pk}/"))
    assert "Last refreshed: 9 March 2026, 05:00" in words
    assert "Latest event 7 March 2026, 10:00" in words
    assert "File made (locked) 8 March 2026, 04:00" in words
    for address in ("/applications/", "/applicants/"):
        assert "Last refreshed: 9 March 2026, 05:00" in main_of(place.get(address))


def test_it_leads_to_household_sponsor_and_address(place, application):
    html = place.get(f"/applications/{application.pk}/").content.decode()
    assert f'<a href="/households/{application.case_id}/" class="govuk-link">FAM000007</a>' in html
    assert f'<a href="/sponsors/{application.sponsor.case_id}/" class="govuk-link">Gwen Parry</a>' in html
    addresses = f"/sponsors/{application.sponsor.case_id}/addresses/"
    assert f'<a href="{addresses}" class="govuk-link">4 Mill Lane, Conwy</a>' in html
    assert place.get(addresses).status_code == 200


def test_every_field_is_traced_to_a_column_of_the_file(place, application):
    page = place.get(f"/applications/{application.pk}/")
    words, html = main_of(page), page.content.decode()
    assert "Line 12 of the file loaded" in words
    assert "<title>Visa application – " in html, "an application number is somebody's own"
    assert "Visa status visa_status issued" in words
    assert "Passport number Q12b_applicant_passport_travel_number FX999111" in words
    assert "Phone Q40a_telephone_number_details +380 1; +380 2" in words
    assert "GWF number gwf Empty" in words


@pytest.mark.rule("ORG-030")
def test_raw_values_are_shown_by_their_own_class(place, application):
    at = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    administrator = main_of(
        signed_in(factories.member(at, Role.NATIONAL_ADMINISTRATOR)).get(f"/applications/{application.pk}/")
    )
    assert "OLENA" in administrator and "Passport" not in administrator and "FX999111" not in administrator
    analyst = main_of(signed_in(factories.member(at, Role.ANALYST)).get(f"/applications/{application.pk}/"))
    assert "visa_status issued" in analyst
    assert not [one for one in ("OLENA", "KOVAL", "FX999111", "Gwen", "+380") if one in analyst]


@pytest.mark.rule("ORG-031")
def test_another_council_does_not_find_it_and_every_look_is_on_record(place, application):
    stranger = signed_in(factories.member(place.other, Role.CASEWORKER))
    assert stranger.get(f"/applications/{application.pk}/").status_code == 404
    assert place.get(f"/applications/{application.pk}/").status_code == 200
    with factories.writing():
        looks = Event.objects.filter(code="record.opened", case_id=application.case_id)
        assert [(one.owner_id, one.detail["section"]) for one in looks] == [(place.council.pk, "application")]


def test_a_page_costs_few_statements(place, application, django_assert_max_num_queries):
    place.get(f"/applications/{application.pk}/")
    with django_assert_max_num_queries(12 + 2):  # and the two ends of the request
        place.get(f"/applications/{application.pk}/")
