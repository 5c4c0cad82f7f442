"""The journey status of a Welsh household: read on the record and in the list, changed nowhere."""

import pytest

from opensponsor.identity.models import Organisation
from opensponsor.identity.roles import Role
from opensponsor.identity.states import Realm
from opensponsor.people.models import Household
from tests import factories
from tests.web.browsing import main_of, signed_in


def _council(realm: Realm) -> tuple[Organisation, Household]:
    council = factories.organisation(realm=realm)
    household = factories.household(council, "Olena Koval", route="IS")
    factories.application(council, household, visa_status="ISSUED")
    return council, household


@pytest.mark.rule("JS-014")
def test_a_welsh_household_shows_its_code_on_the_record_and_in_the_list(db: None) -> None:
    council, household = _council(Realm.WALES)
    client = signed_in(factories.member(council, Role.CASEWORKER))
    record = main_of(client.get(f"/households/{household.case_id}/"))
    assert "Journey IS01 Visa & Host Approved" in record and "Journey status (locked) IS01" in record
    assert "Change Journey" not in record
    assert "Olena Koval 1 IS01" in main_of(client.get("/households/"))
    assert "1 Individual sponsor" in main_of(client.get("/households/?columns=reference,people,route"))
    assert b"IS01 Visa & Host Approved" in client.get(f"/households/{household.case_id}/print/").content.replace(
        b"&amp;", b"&"
    )


@pytest.mark.rule("JS-001", "JS-014")
def test_an_english_household_has_none(db: None) -> None:
    council, household = _council(Realm.ENGLAND)
    client = signed_in(factories.member(council, Role.CASEWORKER))
    record = main_of(client.get(f"/households/{household.case_id}/"))
    assert "Route IS Individual sponsor" in record and "Journey" not in record
    assert "Olena Koval 1 Individual sponsor" in main_of(client.get("/households/"))


def test_of_a_household_that_does_not_come_nobody_is_asked_whether_they_arrived(db: None) -> None:
    council = factories.organisation()
    user = factories.member(council, Role.CASEWORKER)
    household = factories.household(council, "Olena Koval", expected_on="2026-01-02", case_assignee=user)
    lapsed = factories.application(council, household, visa_status="LAPSED")
    client = signed_in(user)
    assert "find out whether they have arrived" not in main_of(client.get(f"/households/{household.case_id}/"))
    with factories.writing():
        type(lapsed).objects.filter(pk=lapsed.pk).update(visa_status="ISSUED")
    assert "find out whether they have arrived" in main_of(client.get(f"/households/{household.case_id}/"))
