"""The list of applications: whose they are, how far they are, and where they lead."""

import datetime as dt

import pytest

from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.visas.states import VisaStatus
from tests import factories
from tests.web.browsing import main_of, signed_in


@pytest.mark.rule("NAV-011", "CMS-009")
def test_a_caseworker_sees_the_applications_to_the_council(place):
    household = factories.household(place.council, "Olena Koval", case_reference="FAM000007")
    sponsor = factories.sponsor(place.council, "Gwen Parry")
    ours = factories.application(place.council, household, sponsor=sponsor, visa_status=VisaStatus.PENDING)
    theirs = factories.application(place.other, factories.household(place.other, "Petro Stranger"))
    page = place.get("/applications/")
    words, html = main_of(page), page.content.decode()
    assert ours.uan in words and "Olena Koval" in words and "Pending" in words and theirs.uan not in words
    assert f'href="/applications/{ours.pk}/"' in html
    assert f'<a href="/households/{household.case_id}/" class="govuk-link">FAM000007</a>' in html
    assert f'<a href="/sponsors/{sponsor.case_id}/" class="govuk-link">Gwen Parry</a>' in html
    assert "Gwynedd" not in words and "Choose all rows" not in html


@pytest.mark.rule("APP-002", "CMS-010")
def test_an_application_without_an_applicant_has_no_name(place):
    early = factories.application(
        place.council, given_names="Quetzal", family_name="Canary", visa_status=VisaStatus.PENDING
    )
    for address in ("/applications/", f"/applications/{early.pk}/"):
        words = main_of(place.get(address))
        assert early.uan in words and "Pending" in words
        assert "Quetzal" not in words and "Canary" not in words
    assert early.uan not in main_of(place.get("/applicants/"))


@pytest.mark.rule("CMS-003")
def test_a_county_sees_its_districts_applications_and_a_district_its_own(place):
    county = factories.organisation(name_en="The County", realm=Realm.ENGLAND, reaches=(place.council,))
    in_district, elsewhere = factories.application(place.council), factories.application(place.other)
    of_county = factories.application(county)
    seen = main_of(signed_in(factories.member(county, Role.CASEWORKER)).get("/applications/"))
    assert in_district.uan in seen and of_county.uan in seen and elsewhere.uan not in seen
    assert "Conwy CC" in seen
    seen = main_of(place.get("/applications/"))
    assert in_district.uan in seen and of_county.uan not in seen and elsewhere.uan not in seen


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("?visa=ISSUED", {"A1"}),
        ("?visa=REFUSED", set()),
        ("?route=SS", {"A2"}),
        ("?household=yes", {"A1"}),
        ("?household=no", {"A2"}),
        ("?owner=999", {"A1", "A2"}),
    ],
)
def test_filters(place, address, expected):
    factories.application(place.council, factories.household(place.council), uan="A1")
    factories.application(place.council, uan="A2", route="SS", visa_status=VisaStatus.MISSING)
    words = main_of(place.get(f"/applications/{address}"))
    assert {uan for uan in ("A1", "A2") if uan in words.split()} == expected


def test_the_latest_event_sorts_either_way_with_missing_ones_last(place):
    days = {"A1": dt.datetime(2026, 3, 7, tzinfo=dt.UTC), "A2": None, "A3": dt.datetime(2026, 5, 7, tzinfo=dt.UTC)}
    for uan, moment in days.items():
        factories.application(place.council, uan=uan, event_at=moment)

    def order(sort):
        words = main_of(place.get(f"/applications/?sort={sort}")).split()
        return [word for word in words if word in days]

    assert order("event_on") == ["A1", "A3", "A2"]
    assert order("-event_on") == ["A3", "A1", "A2"]


def test_names_and_numbers_are_found(place):
    household = factories.household(place.council, "Olena Koval")
    factories.application(place.council, household, uan="A100")
    factories.application(place.council, uan="B200")
    for names, uans in (("koval", ["A100"]), ("b2", ["B200"]), ("a100 olena", ["A100"]), ("nobody", [])):
        page = place.client.post("/applications/find/", {"names": names}, follow=True)
        assert [word for word in main_of(page).split() if word in {"A100", "B200"}] == uans, names


@pytest.mark.rule("ORG-030")
def test_an_analyst_sees_no_names_and_a_health_board_no_sponsors(place):
    household = factories.household(place.council, "Canary Quetzal")
    sponsor = factories.sponsor(place.council, "Hidden Host")
    ours = factories.application(place.council, household, sponsor=sponsor)
    at = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    board = factories.organisation(OrganisationKind.HEALTH_BOARD, reaches=(place.council,), may_write=False)
    analyst = signed_in(factories.member(at, Role.ANALYST))
    officer = signed_in(factories.member(board, Role.HEALTH_OFFICER))
    for client, secrets in ((analyst, ("Canary", "Quetzal", "Hidden Host")), (officer, ("Hidden Host",))):
        for address in ("/applications/", f"/applications/{ours.pk}/", "/applications/columns/"):
            page = client.get(address)
            assert page.status_code == 200
            assert not [secret for secret in secrets if secret in page.content.decode()]


def test_the_list_is_exported_as_it_is_shown(place):
    ours, theirs = factories.application(place.council), factories.application(place.other)
    file = place.client.post("/applications/export/", {"file_format": "CSV", "reason": "Claim"})
    text = file.content.decode("utf-8-sig")
    assert file.status_code == 200 and ours.uan in text and "Issued" in text and theirs.uan not in text


def test_rows_of_applications_are_given_to_nobody(place):
    assert place.client.post("/applications/assign/", {"all_rows": "1"}).status_code == 404
