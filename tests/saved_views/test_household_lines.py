"""What lists of households filter and sort by is always what the records say."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from opensponsor.cases.models import Case
from opensponsor.cases.services import cases
from opensponsor.checks.models import ChecksSummary
from opensponsor.core.names import search_form
from opensponsor.identity.roles import Role
from opensponsor.people.models import Household, HouseholdMember, Person
from opensponsor.people.services import change_household
from opensponsor.saved_views.models import HouseholdLine
from tests import factories

TODAY = dt.date(2026, 5, 4)
_SAID = """
SELECT c.id, c.owner_id, c.status, c.reference, c.sort_title, c.search_sound, c.opened_on, c.assignee_id,
  h.route, h.is_complex, h.expected_on, h.arrived_on, coalesce(s.status, 'REQUIRED')
FROM people_household h JOIN cases_case c ON c.id = h.case_id LEFT JOIN checks_checkssummary s ON s.case_id = c.id
"""
_KEPT = """
SELECT id, owner_id, status, reference, sort_title, search_sound, opened_on, assignee_id,
  route, is_complex, expected_on, arrived_on, checks
FROM saved_views_householdline
"""
_DIFFERENT = f"({_SAID} EXCEPT {_KEPT}) UNION ALL ({_KEPT} EXCEPT {_SAID})"


def different():
    """The households whose line says something else than their records, and lines without a household."""
    with factories.writing(), connection.cursor() as cursor:
        cursor.execute(_DIFFERENT)
        return cursor.fetchall()


def lines():
    with factories.writing():
        return HouseholdLine.objects.count()


@pytest.fixture
def council(db):
    return factories.organisation()


@pytest.fixture
def household(council):
    return factories.household(council, "Olena Koval", expected_on=dt.date(2026, 6, 1))


@pytest.fixture
def caseworker(council, acting_as):
    who = factories.actor(council, Role.CASEWORKER, Role.DATA_CHAMPION)
    with acting_as(who):
        yield who


def test_a_household_has_a_line_from_the_first(household):
    assert (lines(), different()) == (1, [])


def test_what_changes_on_a_household_changes_on_its_line(household, caseworker):
    change_household(
        actor=caseworker, household_id=household.pk, version=1, arrived_on=TODAY, expected_on=None, is_complex=True
    )
    line = HouseholdLine.objects.get()
    assert (line.arrived_on, line.expected_on, line.is_complex) == (TODAY, None, True)
    assert different() == []


def test_what_changes_on_its_case_changes_on_its_line(household, caseworker):
    case = cases.assign_case(
        actor=caseworker, case_id=household.case_id, version=1, assignee_id=caseworker.user_id, today=TODAY
    )
    assert HouseholdLine.objects.get().assignee_id == caseworker.user_id
    cases.close_case(actor=caseworker, case_id=household.case_id, version=case.version, today=TODAY)
    assert HouseholdLine.objects.get().status == "CLOSED"
    with factories.writing():
        Case.objects.update(title="Halyna Bondar", sort_title=search_form("Bondar", "Halyna"))
    assert HouseholdLine.objects.get().sort_title == "bondar halyna"
    assert different() == []


def test_what_its_checks_say_together_stands_on_its_line(household, caseworker):
    assert HouseholdLine.objects.get().checks == "REQUIRED"
    with factories.writing():
        at = {"case_id": household.case_id, "household": household, "owner_id": household.owner_id}
        ChecksSummary.objects.create(status="PARTIAL", reasons=[], **at)
    assert HouseholdLine.objects.get().checks == "PARTIAL"
    with factories.writing():
        ChecksSummary.objects.update(status="COMPLETED")
    assert HouseholdLine.objects.get().checks == "COMPLETED"
    assert different() == []


def test_its_line_goes_with_it_to_another_council(household, caseworker, acting_as):
    other = factories.organisation()
    cases.transfer_case(actor=caseworker, case_id=household.case_id, version=1, new_owner_id=other.pk)
    assert not HouseholdLine.objects.exists()
    assert different() == []
    with acting_as(factories.actor(other)):
        assert HouseholdLine.objects.get().owner_id == other.pk


def test_a_household_that_goes_takes_its_line_along(household):
    with factories.writing():
        HouseholdMember.objects.all().delete()
        Person.objects.all().delete()
        Household.objects.all().delete()
    assert (lines(), different()) == (0, [])


def test_cases_of_sponsors_have_no_line(council):
    sponsor = factories.sponsor(council)
    with factories.writing():
        Case.objects.filter(pk=sponsor.case_id).update(status="CLOSED", closed_on=TODAY)
    assert lines() == 0


def test_a_foreign_organisation_sees_no_line_and_writes_none(household, acting_as):
    with acting_as(factories.actor(factories.organisation())) as stranger:
        assert not HouseholdLine.objects.exists()
        assert HouseholdLine.objects.update(status="CLOSED") == 0
        assert not HouseholdLine.objects.visible_to(stranger).exists()
    with factories.writing():
        assert not HouseholdLine.objects.visible_to(stranger).exists()


def test_the_owner_of_a_line_follows_its_case_alone(household, caseworker, council):
    other = factories.organisation()
    with pytest.raises(ProgrammingError, match="owner of a row in saved_views_householdline"), transaction.atomic():
        HouseholdLine.objects.update(owner=other)
