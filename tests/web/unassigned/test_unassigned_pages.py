"""The queues of households, sponsors and applications without a council."""

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
    assert "FAM000009 Olena Koval Aberconwy, Gwynedd 4 Mill Lane LL32 8LD" in main_of(queue)
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
    picked = {"pick": [f"{household.case_id}:1"]}
    assert client.post("/unassigned/several/households/", picked).status_code == 404
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
    assert not address and seen == ["FAM0", "FAM000009", "FAM1", "FAM2", "FAM3"]
    assert client.get("/unassigned/?after=nonsense").status_code == 200
    # The last one seen may have gone to a council meanwhile.
    with factories.writing():
        last = Household.objects.get(case__reference="FAM0")
    council = factories.organisation()
    client.post(f"/unassigned/{last.case_id}/", {"version": 1, "organisation_id": council.pk})
    assert "FAM000009" in main_of(client.get(f"/unassigned/?after={last.case_id}"))


def test_the_queue_takes_few_statements_however_long(nation, household, django_assert_max_num_queries):
    for number in range(20):
        factories.application(household.owner, factories.household(household.owner, f"Given M{number}"))
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    client.get("/unassigned/")
    with django_assert_max_num_queries(12 + 2):  # and the two ends of the request
        client.get("/unassigned/")


@pytest.fixture
def host(household):
    sponsor = factories.sponsor(household.owner, "Huw Rees", source="OFFER", source_key="rees huw|LL11AA")
    factories.address(sponsor, "2 High Street", offer_offer_reference="EOI-1")
    return sponsor


def _pick(page):
    return page.content.decode().split('name="pick" value="')[1].split('"')[0]


def test_several_households_go_to_a_council_after_they_were_named(nation, household):
    council = factories.organisation(name_en="Conwy CC")
    second = factories.household(household.owner, "Petro Bondar", case_reference="FAM000011")
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    picks = [f"{one.case_id}:1" for one in (household, second)]
    asked = client.post("/unassigned/several/households/", {"pick": picks})
    text = main_of(asked)
    assert (
        "2 records are chosen." in text and "FAM000009 Olena Koval (Aberconwy, Gwynedd; 4 Mill Lane; LL32 8LD)" in text
    )
    assert "FAM000011 Petro Bondar" in text
    lacking = client.post("/unassigned/several/households/", {"pick": picks, "organisation_id": ""})
    assert "Choose the council" in main_of(lacking)
    given = {"pick": picks, "organisation_id": council.pk}
    done = client.post("/unassigned/several/households/", given, follow=True)
    assert "2 records went to Conwy CC." in main_of(done) and "Every household belongs to a council." in main_of(done)
    again = client.post("/unassigned/several/households/", given, follow=True)
    assert "Choose at least one row that still waits for a council." in main_of(again)


def test_somebody_who_was_slower_is_told_which_record_changed(nation, household):
    council = factories.organisation(name_en="Conwy CC")
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    given = {"pick": [f"{household.case_id}:7"], "organisation_id": council.pk}
    assert "Somebody else changed FAM000009 meanwhile" in main_of(client.post("/unassigned/several/households/", given))


def test_a_host_whom_no_household_names_has_a_queue_and_goes_to_a_council(nation, host):
    council = factories.organisation(name_en="Conwy CC")
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    page = client.get("/unassigned/sponsors/")
    assert f"{host.case.reference} Huw Rees 2 High Street LL32 8LD" in main_of(page)
    given = {"pick": [_pick(page)], "organisation_id": council.pk}
    done = client.post("/unassigned/several/sponsors/", given, follow=True)
    assert "1 record went to Conwy CC." in main_of(done)
    assert "Every sponsor and host belongs to a council." in main_of(done)
    caseworker = signed_in(factories.member(council, Role.CASEWORKER))
    assert "Huw Rees" in main_of(caseworker.get(f"/sponsors/{host.case_id}/"))


def test_a_sponsor_whom_the_council_has_recorded_is_said_in_a_sentence(nation, household, host):
    council = factories.organisation(name_en="Conwy CC")
    factories.sponsor(council, "Huw Rees", source_key="rees huw|LL11AA")
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    said = "Conwy CC had recorded these sponsors already, and its records are used: Huw Rees."
    factories.sponsorship(household, host)
    done = client.post(f"/unassigned/{household.case_id}/", {"version": 1, "organisation_id": council.pk}, follow=True)
    assert said in main_of(done)
    # What they offer beside waits by itself, and goes to the same record.
    given = {"pick": [_pick(client.get("/unassigned/sponsors/"))], "organisation_id": council.pk}
    assert said in main_of(client.post("/unassigned/several/sponsors/", given, follow=True))
    assert "Every sponsor and host belongs to a council." in main_of(client.get("/unassigned/sponsors/"))


def test_applications_without_a_household_have_a_queue_and_go_together(nation, household):
    council = factories.organisation(name_en="Conwy CC")
    said = {"submission": "S-1", "visa_status": "PENDING", "lower_authority_name": "Aberconwy"}
    first, _second = (factories.application(household.owner, **said) for _ in range(2))
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    page = client.get("/unassigned/applications/")
    assert f"{first.uan} 2 Aberconwy" in main_of(page)
    asked = client.post("/unassigned/several/applications/", {"pick": [_pick(page)]})
    assert f"{first.uan} and 1 more (Aberconwy)" in main_of(asked)
    given = {"pick": [_pick(page)], "organisation_id": council.pk}
    done = client.post("/unassigned/several/applications/", given, follow=True)
    assert "Every application belongs to a council." in main_of(done)
    caseworker = signed_in(factories.member(council, Role.CASEWORKER))
    assert first.uan in main_of(caseworker.get(f"/applications/{first.pk}/"))


def test_an_application_that_the_wrong_council_was_given_goes_on_from_its_page(nation, household):
    wrong, right = factories.organisation(name_en="Conwy CC"), factories.organisation(name_en="Gwynedd CC")
    said = {"submission": "S-1", "visa_status": "PENDING", "lower_authority_name": "Aberconwy"}
    one, _second = (factories.application(wrong, given_to=wrong, **said) for _ in range(2))
    placed = factories.application(wrong, visa_status="PENDING")
    client = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    assert "Give to another council" not in main_of(client.get(f"/applications/{placed.pk}/"))
    assert "Give to another council" in main_of(client.get(f"/applications/{one.pk}/"))
    url = f"/unassigned/applications/{one.pk}/"
    page = main_of(client.get(url))
    assert "Submitted together 2 Council now Conwy CC Council in the file Aberconwy" in page
    assert "Gwynedd CC" in page and page.count("Conwy CC") == 1
    assert "Choose the council" in main_of(client.post(url, {"version": 2}))
    stale = client.post(url, {"version": 7, "organisation_id": right.pk})
    assert stale.status_code == 200 and 'name="version" value="2"' in stale.content.decode()
    done = client.post(url, {"version": 2, "organisation_id": right.pk}, follow=True)
    assert f"{one.uan} belongs to Gwynedd CC now. Conwy CC no longer sees it." in main_of(done)
    for council, status in ((wrong, 404), (right, 200)):
        caseworker = signed_in(factories.member(council, Role.CASEWORKER))
        found = caseworker.get(f"/applications/{one.pk}/")
        assert found.status_code == status and "Give to another council" not in main_of(found)
        assert caseworker.get(url).status_code == 404


def test_every_queue_is_closed_to_others(household, host):
    client = signed_in(factories.member(factories.organisation(), Role.CASEWORKER, Role.DATA_CHAMPION))
    for address in ("sponsors/", "applications/"):
        assert client.get(f"/unassigned/{address}").status_code == 404
    for queue in ("households", "sponsors", "applications"):
        assert client.post(f"/unassigned/several/{queue}/", {"pick": [f"{host.case_id}:1"]}).status_code == 404
    nation = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    administrator = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    assert administrator.post("/unassigned/several/licences/", {}).status_code == 404
