"""The queue of households without a council."""

import pytest

from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.people.models import Household
from tests import factories
from tests.web.browsing import main_of, signed_in


@pytest.fixture
def nation(db):
    return factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])


@pytest.fixture
def household(db):
    nobody = factories.organisation(OrganisationKind.UNASSIGNED, name_en="Unassigned (Wales)")
    made = factories.household(nobody, "Olena Koval", case_reference="FAM000009")
    factories.application(
        nobody,
        made,
        lower_authority_name="Aberconwy",
        upper_authority_name="Gwynedd",
        proposed_address="4 Mill Lane",
        proposed_postcode="LL328LD",
    )
    return made


def test_the_queue_says_what_the_file_names_and_the_form_gives_the_household_away(nation, household):
    council = factories.organisation(name_en="Conwy CC")
    factories.organisation(name_en="English CC", realm=Realm.ENGLAND)
    factories.household(council, "Placed Already", case_reference="FAM000010")
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    queue = client.get("/unassigned/")
    assert "FAM000009 Olena Koval Aberconwy, Gwynedd LL32 8LD" in main_of(queue)
    assert "FAM000010" not in main_of(queue)
    assert "Without a council" in queue.content.decode()
    address = f"/unassigned/{household.case_id}/"
    page = client.get(address)
    assert "4 Mill Lane" in main_of(page) and "Conwy CC" in main_of(page) and "English CC" not in main_of(page)
    assert "Choose the council" in main_of(client.post(address, {"version": 1}))
    done = client.post(address, {"version": 1, "organisation_id": council.pk}, follow=True)
    assert "FAM000009 belongs to Conwy CC now." in main_of(done)
    assert "Every household belongs to a council." in main_of(done)
    with factories.writing():
        assert Household.objects.get(pk=household.pk).owner_id == council.pk
    assert client.get(address).status_code == 404
    history = client.get(f"/households/{household.case_id}/notes/")
    assert "Assigned to Conwy CC: it had belonged to no council" in main_of(history)


def test_another_nation_and_every_council_find_nothing(household):
    england = factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, realm=Realm.ENGLAND, reads_realms=["ENGLAND"])
    client = signed_in(factories.member(england, Role.NATIONAL_ADMINISTRATOR))
    assert "FAM000009" not in main_of(client.get("/unassigned/"))
    assert client.get(f"/unassigned/{household.case_id}/").status_code == 404
    client = signed_in(factories.member(factories.organisation(), Role.CASEWORKER, Role.DATA_CHAMPION))
    assert client.get("/unassigned/").status_code == 404
    assert client.post(f"/unassigned/{household.case_id}/").status_code == 404


def test_more_than_a_page_are_paged(nation, household, monkeypatch):
    from opensponsor.web.unassigned import views

    monkeypatch.setattr(views, "_PAGE", 2)
    for number in range(4):
        factories.household(household.owner, f"Given M{number}", case_reference=f"FAM{number}")
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    seen, address = [], "/unassigned/"
    for _page in range(3):
        page = client.get(address)
        seen += [word for word in main_of(page).split() if word.startswith("FAM")]
        _before, found, after = page.content.decode().partition('href="?after=')
        address = "/unassigned/?after=" + after.partition('"')[0] if found else ""
    assert not address and seen == ["FAM000009", "FAM0", "FAM1", "FAM2", "FAM3"]
    assert client.get("/unassigned/?after=nonsense").status_code == 200


def test_the_queue_takes_few_statements_however_long(nation, household, django_assert_max_num_queries):
    for number in range(20):
        factories.application(household.owner, factories.household(household.owner, f"Given M{number}"))
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    client.get("/unassigned/")
    with django_assert_max_num_queries(12 + 2):  # and the two ends of the request
        client.get("/unassigned/")
