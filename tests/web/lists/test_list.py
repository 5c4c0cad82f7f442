"""The list page: what it shows, how it is narrowed, sorted and paged, and who sees what."""

import datetime as dt
import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opensponsor.audit.models import Event
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from tests import factories
from tests.web.browsing import signed_in


def text(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def references(response):
    return re.findall(r'<th scope="row"><a href="[^"]+" class="govuk-link">([^<]+)</a>', text(response))


@pytest.mark.rule("ORG-031", "NAV-003")
def test_a_caseworker_sees_the_households_of_the_council(place):
    ours = factories.household(place.council, "Olena Koval", expected_on=dt.date(2026, 5, 1))
    factories.person(ours, "Ivan Koval")
    factories.household(place.other, "Petro Stranger")
    page = text(place.get("/households/"))
    assert f'href="/households/{ours.case_id}/"' in page
    assert "Olena Koval" in page and "Stranger" not in page
    assert "1 record" in page
    assert '<td class="n" data-label="People">2</td>' in page
    assert '<td class="d" data-label="Expected">1 May 2026</td>' in page
    assert "Gwynedd" not in page


@pytest.mark.rule("NAV-004")
def test_sponsors_and_licences_have_lists_of_their_own(place):
    factories.sponsor(place.council, "Gwen Parry", phone="01492 000000", case_reference="SPO000007")
    factories.sponsor(place.other, "Other Host")
    page = text(place.get("/sponsors/"))
    assert "Gwen Parry" in page and "01492 000000" in page and "Other Host" not in page
    assert place.get("/licences/").status_code == 404
    licence, other = factories.licence(name="Cwm Farms Ltd"), factories.licence(name="Bryn Farms Ltd")
    page = text(signed_in(factories.member(licence.owner, Role.SPONSOR_LEVEL_1)).get("/licences/"))
    assert "Cwm Farms Ltd" in page and "Bryn" not in page and other.case.reference not in page
    at = factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, realm=Realm.LICENSED, reads_realms=["LICENSED"])
    page = text(signed_in(factories.member(at, Role.HOME_OFFICE_CASEWORKER)).get("/licences/"))
    assert "Cwm Farms Ltd" in page and "Bryn Farms Ltd" in page


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_sees_the_households_of_its_councils_and_whose_they_are(place):
    factories.household(place.council, "Olena Koval")
    factories.household(factories.organisation(realm=Realm.SCOTLAND), "Petro Stranger")
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(place.council, place.other))
    page = text(signed_in(factories.member(centre, Role.CONTACT_CENTRE_OFFICER)).get("/households/"))
    assert "Olena Koval" in page and "Stranger" not in page
    assert '<td data-label="Council">Conwy CC</td>' in page


def test_what_is_shared_is_in_the_list(place):
    shared = factories.household(place.other, "Petro Guest")
    from opensponsor.cases.models import Share

    with factories.writing():
        Share.objects.create(
            case=shared.case,
            owner=place.other,
            organisation=place.council,
            starts_on=dt.date(2024, 1, 1),
            reason="Visits",
            shared_by=place.caseworker,
        )
    assert "Petro Guest" in text(place.get("/households/"))


@pytest.mark.rule("ORG-030")
def test_an_analyst_reads_the_list_without_names(place):
    ours = factories.household(place.council, "Canary Quetzal", lead_email="canary@example.test")
    at = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    client = signed_in(factories.member(at, Role.ANALYST))
    for address in ("/households/", "/households/?sort=title&columns=title,status", "/households/columns/"):
        page = text(client.get(address))
        assert not re.search("canary|quetzal|Lead applicant", page, re.IGNORECASE)
    assert ours.case.reference in text(client.get("/households/"))
    client.post("/households/find/", {"names": "zzz"})
    assert ours.case.reference in text(client.get("/households/"))


@pytest.mark.rule("VIEW-005")
def test_filters_are_tags_that_can_be_taken_away(place):
    factories.household(place.council, "Olena Koval", route="SS", case_reference="WG1")
    factories.household(place.council, "Petro Bondar", case_reference="WG2")
    page = text(place.get("/households/?route=SS&sort=-title&size=20"))
    assert "Olena Koval" in page and "Petro Bondar" not in page
    assert "Remove filter</span> Route: Super sponsor" in page
    tag = re.search(
        r'<a href="([^"]+)" class="os-tags__link"><span[^>]+>✕ </span><span[^>]+> Remove filter</span> Route', page
    )
    assert tag and tag[1] == "/households/?sort=-title&size=20"
    assert len(references(place.get(tag[1]))) == 2
    clear = re.search(r'<a href="([^"]+)" class="govuk-link">Clear all', page)
    assert clear and clear[1] == "/households/?status=&sort=-title&size=20"


def test_the_form_of_the_filters_keeps_sort_columns_and_size(place):
    page = text(place.get("/households/?sort=-reference&columns=status&size=20"))
    form = re.search(r'<form class="os-filter__panel".*?</form>', page, re.DOTALL)[0]
    for name, value in (("sort", "-reference"), ("columns", "status"), ("size", "20")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form


def test_dates_are_typed_in_three_boxes_and_stand_in_links_as_one(place):
    factories.household(place.council, "Olena Koval", expected_on=dt.date(2026, 5, 1))
    boxes = "expected_from_day=1&expected_from_month=5&expected_from_year=2026&status=OPEN&sort=title"
    page = text(place.get(f"/households/?{boxes}"))
    assert "Olena Koval" in page and "Expected from: 1 May 2026" in page
    assert "expected_from=2026-05-01" in page
    wrong = text(place.get("/households/?expected_from_day=32&expected_from_month=5&expected_from_year=2026"))
    assert "There is a problem" in wrong and "Olena Koval" in wrong and '<details class="os-filter" open>' in wrong


def test_headings_sort_by_link(place):
    for name in ("Olena Koval", "Petro Bondar"):
        factories.household(place.council, name, case_reference=name[:2])
    assert references(place.get("/households/")) == ["Pe", "Ol"]
    page = text(place.get("/households/"))
    assert '<th scope="col" aria-sort="ascending"><a href="/households/?sort=-title"' in page
    assert references(place.get("/households/?sort=-title")) == ["Ol", "Pe"]
    assert 'aria-sort="descending"' in text(place.get("/households/?sort=-title"))


def test_pages_follow_each_other(place):
    for number in range(45):
        factories.household(place.council, f"Given N{number:02d}", case_reference=f"R{number:02d}")
    first = place.get("/households/?sort=title&size=20")
    assert "45 records" in text(first) and "Previous page" not in text(first)
    following = re.search(r'href="([^"]+)" rel="next"', text(first))[1]
    assert "N19" not in following
    second = place.get(following)
    third = place.get(re.search(r'href="([^"]+)" rel="next"', text(second))[1])
    assert references(first) + references(second) + references(third) == [f"R{number:02d}" for number in range(45)]
    assert 'rel="next"' not in text(third)
    back = place.get(re.search(r'href="([^"]+)" rel="prev"', text(third))[1])
    assert references(back) == references(second)


def test_an_empty_list_says_what_to_do(place):
    page = text(place.get("/households/"))
    assert "No household fits." in page and "Clear all filters" in page and "0 records" in page
    assert 'formaction="/households/assign/' not in page


def test_names_are_found_and_never_stand_in_an_address(place):
    factories.household(place.council, "Мар'яна Щерба", case_reference="WG1")
    factories.household(place.council, "Olena Koval", case_reference="WG2")
    answer = place.client.post("/households/find/?sort=-title", {"names": "Shcherba"})
    assert answer.status_code == 302
    assert not re.search("shcherba", answer["Location"], re.IGNORECASE)
    page = place.get(answer["Location"])
    assert references(page) == ["WG1"]
    assert "Name or reference: Shcherba" in text(page)
    for address in re.findall(r'(?:href|action)="([^"]*)"', page.content.decode()):
        assert "hcherba" not in address
    assert "sort=match" in answer["Location"], "whatever the list was sorted by before"
    emptied = place.client.post(answer["Location"].replace("/households/", "/households/find/"), {"names": " "})
    assert "found" not in emptied["Location"]


@pytest.mark.rule("SRCH-001")
def test_the_best_match_comes_first_until_a_column_is_chosen(place):
    for name, reference in (("Olena Kowal", "R1"), ("Ivan Koval", "R2"), ("Olha Kovalenko", "R3")):
        factories.household(place.council, name, case_reference=reference)
    assert 'aria-label="Sort by"' not in text(place.get("/households/"))
    found = place.get(place.client.post("/households/find/", {"names": "kowal"})["Location"])
    assert references(found) == ["R1", "R2"]
    page = text(found)
    assert 'aria-sort="ascending"' not in page and 'aria-sort="descending"' not in page
    assert orders(page) == {"Best match": True, "Lead applicant": False}
    by_name = place.get(re.search(r'<a href="([^"]+)" class="govuk-link">Lead applicant</a></li>', page)[1])
    assert references(by_name) == ["R2", "R1"]
    assert orders(text(by_name)) == {"Best match": False, "Lead applicant": True}
    by_reference = place.get(
        by_name.request["PATH_INFO"], data={**by_name.wsgi_request.GET.dict(), "sort": "reference"}
    )
    assert references(by_reference) == ["R1", "R2"]
    assert orders(text(by_reference)) == {"Best match": False, "Household": True, "Lead applicant": False}


def orders(page):
    """How the list can be sorted, and how it is."""
    choice = re.search(r'<nav aria-label="Sort by">.*?</nav>', page)[0]
    return {
        label: bool(current) for current, label in re.findall(r'<a [^>]*?(aria-current="true")?>([^<]+)</a>', choice)
    }


def test_matches_are_read_page_by_page(place):
    for number in range(25):
        factories.household(place.council, f"Given{number:02d} Koval", case_reference=f"R{number:02d}")
        factories.household(place.council, f"Given{number:02d} Kovalenko", case_reference=f"S{number:02d}")
    address = place.client.post("/households/find/?size=20", {"names": "koval"})["Location"]
    first = place.get(address)
    assert "50 records" in text(first) and "size=20" in address
    second = place.get(re.search(r'href="([^"]+)" rel="next"', text(first))[1])
    third = place.get(re.search(r'href="([^"]+)" rel="next"', text(second))[1])
    read = references(first) + references(second) + references(third)
    assert read == [f"{letter}{number:02d}" for letter in "RS" for number in range(25)]
    back = place.get(re.search(r'href="([^"]+)" rel="prev"', text(third))[1])
    assert references(back) == references(second)


def test_where_nobody_is_found_the_list_says_what_else_to_try(place):
    factories.household(place.council, "Olena Koval")
    page = text(place.get(place.client.post("/households/find/", {"names": "zzzz"})["Location"]))
    assert "No household fits. Try the family name alone" in page and "Clear all filters" in page


def test_words_are_kept_for_their_author_only(place):
    factories.household(place.council, "Olena Koval")
    address = place.client.post("/households/find/", {"names": "nobody"})["Location"]
    assert "No household fits." in text(place.get(address))
    other = signed_in(place.colleague)
    answer = other.get(address, follow=True)
    assert "Olena Koval" in text(answer) and "no longer kept" in text(answer)


def test_who_looked_at_the_list_is_on_record_without_names(place):
    factories.household(place.council, "Olena Koval")
    address = place.client.post("/households/find/", {"names": "koval"})["Location"]
    place.get(address + "&route=IS")
    with factories.writing():
        line = Event.objects.filter(code="list.viewed").latest("id")
    assert line.actor == str(place.caseworker.pk) and line.kind == "ACCESS"
    assert line.detail == {
        "list": "households",
        "filters": {"status": "OPEN", "route": "IS"},
        "has_names": True,
        "rows": 1,
        "total": 1,
    }


def test_the_buttons_depend_on_the_permissions(place):
    factories.household(place.council, "Olena Koval")
    page = text(place.get("/households/"))
    assert "Add a household" in page and ">Export<" in page and ">Assign<" in page and 'name="pick"' in page
    finance = text(signed_in(factories.member(place.council, Role.FINANCE_OFFICER)).get("/households/"))
    assert "Add a household" not in finance and ">Export<" in finance and 'name="pick"' not in finance
    lead = text(signed_in(factories.member(place.council, Role.SAFEGUARDING_LEAD)).get("/households/"))
    assert ">Export<" not in lead


@pytest.mark.parametrize("path", ["", "find/", "columns/", "views/", "assign/", "export/", "add/"])
def test_a_sponsor_has_no_pages_of_households(place, path):
    sponsor = factories.organisation(OrganisationKind.LICENSED_SPONSOR, realm=Realm.LICENSED)
    client = signed_in(factories.member(sponsor, Role.SPONSOR_LEVEL_1))
    assert client.get(f"/households/{path}").status_code == 404
    assert client.post(f"/households/{path}").status_code == 404


def test_welsh_pages_show_welsh_names_of_councils(place):
    factories.household(place.council, "Olena Koval")
    county = factories.organisation(name_en="County", reaches=(place.council,))
    with factories.writing():
        place.council.name_cy = "Cyngor Conwy"
        place.council.save()
    client = signed_in(factories.member(county, Role.CASEWORKER))
    client.cookies["language"] = "cy"
    assert "Cyngor Conwy" in text(client.get("/households/"))


KEYS = st.sampled_from(
    ["status", "route", "assignee", "owner", "sort", "columns", "size", "view", "found", "after", "before"]
) | st.sampled_from(["expected_from", "expected_from_day", "arrived", "names"])
WORDS = st.text(max_size=30) | st.sampled_from(
    ["OPEN", "me", "yes", "-title", "owner_name", "20", "00000000-0000-0000-0000-000000000000", "\x00", "9" * 40]
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(parameters=st.dictionaries(KEYS, WORDS, max_size=6))
def test_no_address_breaks_the_list(place, parameters):
    assert place.get("/households/", data=parameters).status_code in {200, 302}
    assert place.get("/households/columns/", data=parameters).status_code == 200
