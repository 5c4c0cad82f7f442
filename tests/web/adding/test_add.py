"""Adding a record: a question a page, a last look, one act."""

import html
import re

import pytest

from opensponsor.hosts.models import Sponsor
from opensponsor.identity.models import Draft
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.licensing.models import Licence
from opensponsor.people.models import Household, Person
from tests import factories
from tests.web.browsing import signed_in

ROUTE = "/households/add/route/"
LEAD = "/households/add/lead/"
JOURNEY = "/households/add/journey/"
CHECK = "/households/add/check/"
ANSWERS = {
    ROUTE: {"route": "IS"},
    LEAD: {"given_names": "Олена", "family_name": "Коваль", "birth_date": "1988-02-01", "email": "olena@example.test"},
    JOURNEY: {"expected_on": "2026-06-01", "correspondence_language": "UK"},
}  # fmt: skip


@pytest.fixture
def council(db):
    return factories.organisation(name_en="Conwy CC")


@pytest.fixture
def client(council):
    return signed_in(factories.member(council, Role.CASEWORKER))


def text(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def everything(model):
    with factories.writing():
        return list(model.objects.all())


def answer_all(client, answers=ANSWERS):
    """Every page answered; the last leads to the check."""
    address = ""
    for page, answers_of_page in answers.items():
        assert address in {"", page}
        address = client.post(page, answers_of_page)["Location"]
    return address


@pytest.mark.rule("ORG-032", "HH-002")
def test_a_household_is_added_page_by_page(client, council):
    assert client.get("/households/add/")["Location"] == ROUTE
    assert "By which route does the household come?" in text(client.get(ROUTE))
    assert answer_all(client) == CHECK
    page = text(client.get(CHECK))
    for words in (
        "Individual sponsor",
        "Олена",
        "Коваль",
        "1 February 1988",
        "1 June 2026",
        "Ukrainian",
        "Not recorded",
    ):
        assert words in page
    assert everything(Household) == []
    done = client.post(CHECK)
    (household,) = everything(Household)
    assert done["Location"] == f"/households/added/{household.case_id}/"
    assert household.owner == council and household.case.title == "Олена Коваль"
    page = text(client.get(done["Location"]))
    assert "Household added" in page and household.case.reference in page
    assert everything(Draft) == []
    assert "Олена Коваль" in text(client.get("/households/"))


def test_no_answer_stands_in_an_address(client):
    for page, answers in ANSWERS.items():
        client.get(page)
        assert not re.search("Koval|Коваль|1988|olena", client.post(page, answers)["Location"])
    for address in re.findall(r'(?:href|action)="([^"]*)"', text(client.get(CHECK))):
        assert not re.search("Коваль|1988|olena", address)


def test_pressing_twice_adds_once(client):
    answer_all(client)
    client.post(CHECK)
    assert client.post(CHECK)["Location"] == ROUTE
    assert len(everything(Household)) == 1


def test_the_way_back_keeps_answers_and_a_change_leads_back_to_the_check(client):
    answer_all(client)
    page = text(client.get(LEAD + "?change=1"))
    assert 'value="Коваль"' in page and 'value="1988"' in page and f'href="{CHECK}"' in page
    assert client.post(LEAD + "?change=1", ANSWERS[LEAD] | {"family_name": "Бондар"})["Location"] == CHECK
    assert "Бондар" in text(client.get(CHECK))
    assert f'href="{ROUTE}"' in text(client.get(LEAD)) and f'href="{LEAD}"' in text(client.get(JOURNEY))
    assert "checked" in text(client.get(ROUTE))


def test_a_wrong_answer_is_said_and_kept(client):
    page = text(client.post(LEAD, {"given_names": "", "email": "not an address", "birth_date_day": "32"}))
    assert "There is a problem" in page and "Enter a given name or a family name" in page
    assert 'value="not an address"' in page and 'value="32"' in page
    assert "Choose the route" in text(client.post(ROUTE, {}))
    assert "must be in the past" in text(client.post(LEAD, {"given_names": "A", "birth_date": "2999-01-01"}))


def test_the_check_leads_to_the_page_that_is_not_answered(client):
    assert client.get(CHECK)["Location"] == ROUTE
    client.post(ROUTE, ANSWERS[ROUTE])
    assert client.get(CHECK)["Location"] == LEAD
    assert client.post(CHECK)["Location"] == LEAD


def test_somebody_who_was_interrupted_goes_on_or_begins_again(client):
    answer_all(client)
    page = text(client.get("/households/add/"))
    assert "You began this before" in page and f'href="{CHECK}"' in page
    assert client.post("/households/add/")["Location"] == ROUTE
    assert everything(Draft) == []


def test_answers_are_for_their_author_only(client, council):
    answer_all(client)
    colleague = signed_in(factories.member(council, Role.CASEWORKER))
    assert colleague.get(CHECK)["Location"] == ROUTE
    assert "Коваль" not in text(colleague.get(LEAD))


def test_an_unknown_page_is_not_found(client):
    assert client.get("/households/add/council/").status_code == 404
    assert client.get("/households/add/nonsense/").status_code == 404


@pytest.mark.rule("ORG-030")
def test_nobody_is_asked_what_they_may_not_see(client, council):
    assert "Passport number" in text(client.get(LEAD)) and "NHS" not in text(client.get(LEAD))
    client.post(LEAD, {"given_names": "A", "nhs_number": "9434765919"})
    client.post(ROUTE, ANSWERS[ROUTE])
    client.post(JOURNEY, ANSWERS[JOURNEY])
    client.post(CHECK)
    assert [person.nhs_number for person in everything(Person)] == [""]


def test_who_may_not_add_has_no_such_pages(council):
    finance = signed_in(factories.member(council, Role.FINANCE_OFFICER))
    for address in ("/households/add/", ROUTE, CHECK, "/sponsors/add/", "/licences/add/"):
        assert finance.get(address).status_code == 404
        assert finance.post(address, ANSWERS[ROUTE]).status_code == 404


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_says_which_council_and_enters_super_sponsor_households(council):
    other = factories.organisation(name_en="Powys CC")
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(council,))
    client = signed_in(factories.member(centre, Role.CONTACT_CENTRE_OFFICER))
    assert client.get("/households/add/")["Location"] == "/households/add/council/"
    page = text(client.get("/households/add/council/"))
    assert "Conwy CC" in page and "Powys CC" not in page
    assert "There is a problem" in text(client.post("/households/add/council/", {"owner": other.pk}))
    assert client.get(ROUTE).status_code == 404
    client.post("/households/add/council/", {"owner": council.pk})
    client.post(LEAD, ANSWERS[LEAD])
    client.post(JOURNEY, ANSWERS[JOURNEY])
    assert "Conwy CC" in text(client.get(CHECK))
    client.post(CHECK)
    (household,) = everything(Household)
    assert (household.owner, household.route, household.case.contact_centre_works) == (council, "SS", True)


@pytest.mark.rule("SPO-006", "SPO-008", "SPO-010")
def test_a_host_is_added(client, council):
    answers = {
        "/sponsors/add/type/": {"type": "HOST"},
        "/sponsors/add/name/": {"given_names": "Gwen", "family_name": "Parry"},
        "/sponsors/add/contact/": {"phone": "01492 000000", "email": "gwen@example.test"},
    }
    assert "both the telephone number and the email" in text(client.get("/sponsors/add/contact/"))
    assert answer_all(client, answers) == "/sponsors/add/check/"
    done = client.post("/sponsors/add/check/")
    (sponsor,) = everything(Sponsor)
    assert (sponsor.owner, sponsor.type, sponsor.phone) == (council, "HOST", "01492 000000")
    assert sponsor.case.reference in text(client.get(done["Location"]))


def test_the_home_office_adds_a_licence(db):
    farm = factories.organisation(OrganisationKind.LICENSED_SPONSOR, realm=Realm.LICENSED, name_en="Cwm Farms")
    at = factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, realm=Realm.LICENSED, reads_realms=["LICENSED"])
    client = signed_in(factories.member(at, Role.HOME_OFFICE_CASEWORKER))
    licence = {"number": "L-1", "sponsor_name": "Cwm Farms Ltd", "rating": "A", "granted_on": "2026-04-01"}
    answers = {
        "/licences/add/holder/": {"organisation_id": farm.pk},
        "/licences/add/licence/": licence,
        "/licences/add/contact/": {"contact_email": "farm@example.test"},
    }
    assert answer_all(client, answers) == "/licences/add/check/"
    done = client.post("/licences/add/check/")
    (made,) = everything(Licence)
    assert (made.owner, made.case.reference) == (farm, "L-1")
    assert "L-1" in text(client.get(done["Location"]))
    answer_all(client, answers)
    refused = text(client.post("/licences/add/check/"))
    assert "A licence with this number exists already." in refused and "Cwm Farms Ltd" in refused
    assert "Cwm Farms Ltd" in text(client.get("/licences/add/check/")), "a refusal loses no answer"
    level_1 = signed_in(factories.member(farm, Role.SPONSOR_LEVEL_1))
    assert level_1.get("/licences/add/").status_code == 404
    assert level_1.get(done["Location"]).status_code == 404
    assert "Add a licence" not in text(level_1.get("/licences/"))


@pytest.mark.rule("ORG-031")
def test_the_last_page_of_others_is_not_found(client):
    foreign = factories.household(factories.organisation())
    assert client.get(f"/households/added/{foreign.case_id}/").status_code == 404
