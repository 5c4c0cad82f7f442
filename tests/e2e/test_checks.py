"""A caseworker records the checks of a household, reads why they stand as they do, notes it and takes the list."""

import datetime as dt
import re

import pytest

from opensponsor.core import clock
from opensponsor.identity.roles import Role
from tests import factories
from tests.e2e import people
from tests.e2e.audit import must_be_sound


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request, somebody):
    return somebody(has_scripts=request.param)


@pytest.fixture
def mari():
    return people.a_member(people.a_council(), Role.CASEWORKER, name="Mari Lee")


@pytest.fixture
def household(mari):
    """A mother with a child, their sponsor and the home that is offered."""
    household = people.a_household(mari, "Zhadan")
    with factories.writing():
        child = factories.person(household, "Sofiia Zhadan", birth_date=clock.today() - dt.timedelta(days=2000))
        assert child.pk
        sponsor = factories.sponsor(mari.organisation, "Gwen Parry")
        factories.sponsorship(household, sponsor, factories.address(sponsor))
    return household


def records(visitor, what, **choices):
    visitor.presses(re.compile(f"^Change {re.escape(what)}"))
    visitor.ticks("Passed")
    visitor.types_date("Date of the outcome", clock.today().isoformat())
    for label in choices.values():
        visitor.ticks(label)
    visitor.presses("Save")


def test_checks_are_ticked_and_the_status_explains_itself(visitor, mari, household):
    people.comes_in(visitor, mari)
    visitor.opens("/households/")
    visitor.presses(re.compile("Zhadan|FAM|WG"), within=visitor.page.locator("tbody"), nth=0)
    visitor.presses("Checks")
    visitor.sees("The DBS check of the sponsor Gwen Parry has not started")
    must_be_sound(visitor, "checks-section")

    records(visitor, "DBS and sponsor suitable", level="Basic")
    visitor.sees("Enhanced")
    records(visitor, "DBS and sponsor suitable", level="Enhanced")
    records(visitor, "Accommodation exists")
    records(visitor, "Accommodation suitable")
    visitor.sees("Pre-arrival checks complete")
    records(visitor, "Guests arrived")
    visitor.sees("Checks completed")
    must_be_sound(visitor, "checks-completed")

    visitor.opens("/households/")
    visitor.sees("Checks completed")
    visitor.opens(f"/households/{household.case_id}/")
    visitor.types("Title", "Checks done")
    visitor.types("Note", "All checks are passed.")
    visitor.presses("Add the note")
    visitor.sees_message("Note added")

    visitor.opens("/households/")
    visitor.presses("Export")
    visitor.types("What is the file for?", "Claim of the quarter")
    with visitor.page.expect_download() as waiting:
        visitor.presses("Export")
    assert waiting.value.suggested_filename.endswith(".xlsx")


def test_all_checks_of_a_household_take_four_presses(visitor, mari, household):
    people.comes_in(visitor, mari)
    visitor.opens(f"/households/{household.case_id}/")
    before = visitor.presses_so_far
    visitor.presses("Record checks")
    visitor.ticks("All of them, the arrival too")
    visitor.ticks("Enhanced", within=visitor.page.locator("fieldset.os-check").first)
    visitor.presses("Save the checks", nth=0)
    assert visitor.presses_so_far - before == 4
    visitor.sees_message("Saved: DBS and sponsor suitable: Gwen Parry")
    visitor.sees("Checks completed")


def test_checks_that_lack_something_are_named(visitor, mari, household):
    people.comes_in(visitor, mari)
    visitor.opens(f"/households/{household.case_id}/checks/record/")
    must_be_sound(visitor, "checks-together")
    visitor.ticks("All of them except the arrival")
    visitor.presses("Save the checks", nth=0)
    visitor.sees_problem("DBS and sponsor suitable: Gwen Parry: Choose the level of the DBS check")
    must_be_sound(visitor, "checks-together-refused")


def test_a_failed_check_needs_its_reason(visitor, mari, household):
    people.comes_in(visitor, mari)
    visitor.opens(f"/households/{household.case_id}/checks/")
    visitor.presses(re.compile("^Change Accommodation exists"))
    visitor.ticks("Failed")
    visitor.presses("Save")
    visitor.sees_problem("Choose why the check failed")
    must_be_sound(visitor, "check-form")
    visitor.ticks("The address does not exist")
    visitor.types_date("Date of the outcome", clock.today().isoformat())
    visitor.presses("Save")
    visitor.sees("Some checks failed")
