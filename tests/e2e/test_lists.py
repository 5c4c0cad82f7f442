"""Working with a list in a browser: wide and narrow, with and without scripts, counted in presses."""

import re

import pytest
from playwright.sync_api import expect

from opensponsor.identity.roles import Role
from tests import factories
from tests.e2e import people
from tests.e2e.audit import keep_picture, page_faults
from tests.e2e.visitor import WIDTHS

PAGES = [
    "",
    "?route=SS&status=",
    "columns/",
    "views/",
    "export/",
    "?expected_from_day=99&status=",
    "?route=SS&complex=yes",
]


@pytest.fixture
def caseworker(site):
    """A caseworker of a council with sixty households, who is called so only here."""
    member = people.a_member(people.a_council(), Role.CASEWORKER, name="Sara Lewis")
    people.a_member(member.organisation, Role.CASEWORKER, name="Tomos Rees")
    for number in range(60):
        factories.household(
            member.organisation,
            f"Oleksandra Kovalenko-Bondar{number:02d}",
            route="SS" if number % 2 else "IS",
            expected_on="2026-05-01",
        )
    return member


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def visitor(request, somebody, caseworker):
    """The caseworker at a desk."""
    found = somebody(has_scripts=request.param)
    people.comes_in(found, caseworker)
    return found


def test_every_page_of_a_list_is_sound(somebody, caseworker):
    visitor = somebody()
    people.comes_in(visitor, caseworker)
    faults = []
    for path in PAGES:
        visitor.opens(f"/households/{path}")
        for width in WIDTHS:
            visitor.is_at(width)
            faults += [f"{path} at {width[0]}: {fault}" for fault in page_faults(visitor)]
        for width in reversed(WIDTHS):
            visitor.is_at(width)
            keep_picture(visitor, f"list-{PAGES.index(path)}")
    assert not faults, "\n".join(faults)


def test_twelve_rows_are_in_sight(visitor):
    visitor.opens("/households/")
    assert visitor.rows_in_sight() >= 12


def test_a_view_with_two_filters_takes_six_presses(visitor):
    visitor.opens("/households/")
    visitor.presses_so_far = 0
    visitor.unfolds("Filters")
    visitor.selects("Route", "Super sponsor")
    visitor.selects("Assigned to", "Nobody")
    visitor.presses("Apply filters")
    visitor.sees("30 records")
    visitor.presses("Save or manage views")
    visitor.types("Name of the view", "Super sponsors")
    visitor.presses("Save the view")
    visitor.sees_message("was saved")
    visitor.sees("30 records")
    assert visitor.presses_so_far <= 6
    visitor.is_content()


def test_the_view_is_a_spreadsheet_in_two_presses(visitor):
    visitor.opens("/households/?route=SS&sort=title")
    visitor.presses_so_far = 0
    visitor.presses("Export")
    visitor.types("What is the file for?", "Monthly return")
    with visitor.page.expect_download() as download:
        visitor.presses("Export")
    assert re.fullmatch(r"OFFICIAL-SENSITIVE-households-\d{4}-\d\d-\d\d\.xlsx", download.value.suggested_filename)
    assert visitor.presses_so_far <= 2


def test_chosen_rows_are_assigned(visitor):
    visitor.opens("/households/?size=20&sort=title")
    boxes = visitor.page.locator("tbody input[type=checkbox]")
    if visitor.has_scripts:
        visitor.presses_element(visitor.page.locator("thead input[type=checkbox]"))
        expect(visitor.page.locator("#picked-count")).to_have_text("20")
    else:
        for number in range(20):
            boxes.nth(number).check()
    visitor.presses("Assign")
    visitor.sees("20 records are chosen")
    visitor.selects("Assign to", "Tomos Rees")
    visitor.presses("Assign")
    visitor.sees_message("20 records were assigned.")
    assert visitor.page.get_by_role("cell", name="Tomos Rees").count() == 20
    visitor.is_content()


def test_a_name_is_found_and_the_words_stand_in_no_address(visitor):
    visitor.opens("/households/")
    visitor.types("Name or reference", "bondar07")
    visitor.presses("Find")
    visitor.sees("1 record")
    assert "bondar" not in visitor.path
    visitor.presses(re.compile("Remove filter Name or reference"))
    visitor.sees("60 records")


def test_columns_change_places(visitor):
    visitor.opens("/households/")
    visitor.presses("Choose columns")
    visitor.presses(re.compile("Up *: People"))
    visitor.presses("Use these columns")
    headings = visitor.page.locator("thead th").all_inner_texts()
    assert headings[1].strip() == "People"
    visitor.is_content()


def test_a_household_is_added(visitor):
    visitor.opens("/households/")
    visitor.presses("Add a household")
    visitor.ticks("Individual sponsor")
    visitor.presses("Continue")
    visitor.types("Given names", "Мар’яна")
    visitor.types("Family name", "Щерба")
    visitor.types_date("Date of birth", "1988-02-01")
    visitor.presses("Continue")
    visitor.types_date("Expected arrival", "2026-06-01")
    visitor.presses("Continue")
    visitor.sees("1 February 1988")
    visitor.presses("Add the household")
    visitor.sees("Household added")
    visitor.presses("Open the household")
    visitor.sees("Мар’яна Щерба")
    visitor.is_content()
