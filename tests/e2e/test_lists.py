"""A list: find, filter, sort, page, columns, views, many at once, and taking it out."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from opensponsor.core.rowsecurity import acting
from opensponsor.hosts import services as hosts
from opensponsor.identity.roles import Role
from tests.e2e import people
from tests.e2e.visitor import PHONE
from tests.e2e.world import FAMILIES

# More than a page of twenty.
HOUSEHOLDS = 26


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request):
    return request.param


@pytest.fixture(scope="module")
def staff(site):
    """Two colleagues of a council with households and one host."""
    council = people.a_council("Lighthouse Council")
    mari, tomos = (people.a_member(council, Role.CASEWORKER, name=name) for name in ("Mari Lee", "Tomos Ray"))
    for number in range(HOUSEHOLDS):
        people.a_household(mari, FAMILIES[number % len(FAMILIES)], f"Hanna {chr(65 + number)}")
    with acting(mari.actor) as actor:
        hosts.add_sponsor(actor=actor, today=people.clock.today(), given_names="Rhys", family_name="Only")
    return mari, tomos


@pytest.fixture
def visitor(somebody, staff, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    people.comes_in(visitor, staff[0])
    return visitor


def _names(visitor):
    return visitor.page.locator("tbody tr td[data-label='Lead applicant']").all_inner_texts()


def test_a_person_is_found_and_opened_with_two_presses(visitor):
    visitor.opens("/")
    visitor.presses("Households")
    visitor.presses_element(visitor.page.locator("tbody tr", has_text="Hanna C").get_by_role("link"))
    assert visitor.presses_so_far == 2
    visitor.sees_heading("Hanna C")


def test_a_name_is_found_without_standing_in_the_address(visitor):
    visitor.opens("/households/")
    visitor.types("Name or reference", "kovalenko")
    visitor.uses_keys("Enter")
    visitor.sees("Name or reference: kovalenko")
    names = _names(visitor)
    assert names and all("Kovalenko" in name for name in names)
    assert "kovalenko" not in visitor.page.url.casefold()
    visitor.presses(re.compile("Remove filter.*kovalenko"))
    assert len(_names(visitor)) > len(names)


def test_filters_show_as_tags_that_can_be_taken_away(visitor):
    visitor.opens("/households/")
    visitor.unfolds("Filters")
    visitor.selects("Route", "Super sponsor")
    visitor.presses("Apply filters")
    visitor.sees("No household fits")
    visitor.presses(re.compile("Remove filter.*Route"))
    assert len(_names(visitor)) == HOUSEHOLDS


def test_the_whole_list_is_sorted_and_paged(visitor):
    visitor.opens("/households/?size=20")
    first_page = _names(visitor)
    assert len(first_page) == 20
    visitor.presses("Next page")
    second_page = _names(visitor)
    assert len(second_page) == HOUSEHOLDS - 20
    assert not set(first_page) & set(second_page)
    visitor.presses("Previous page")
    assert _names(visitor) == first_page
    visitor.presses("Lead applicant")
    assert _names(visitor)[: HOUSEHOLDS - 20] == second_page[::-1]
    expect(visitor.page.locator("th[aria-sort=descending]")).to_contain_text("Lead applicant")


def test_columns_are_chosen_and_moved_and_remembered(visitor):
    visitor.opens("/households/")
    visitor.presses("Choose columns")
    visitor.presses(re.compile(r"^Up\s*: Route or journey"))
    visitor.page.get_by_label("Expected").uncheck()
    visitor.presses("Use these columns")
    heads = visitor.page.locator("thead th").all_inner_texts()
    assert heads.index("Route or journey") < heads.index("People")
    assert "Expected" not in heads
    visitor.opens("/households/")
    assert visitor.page.locator("thead th").all_inner_texts() == heads
    visitor.presses("Choose columns")
    visitor.presses("Use the usual columns")


def test_a_view_with_two_filters_is_saved_with_six_presses(visitor, has_scripts):
    name = f"Expected, {has_scripts}"
    visitor.opens("/households/")
    visitor.unfolds("Filters")
    visitor.selects("Route", "Individual sponsor")
    visitor.selects("Has arrived", "Yes")
    visitor.presses("Apply filters")
    visitor.presses("Save or manage views")
    visitor.types("Name of the view", name)
    visitor.presses("Save the view")
    assert visitor.presses_so_far == 6
    visitor.sees_message(f"The view “{name}” was saved.")
    visitor.opens("/households/")
    visitor.presses(name)
    visitor.sees("Route: Individual sponsor")
    visitor.sees("Has arrived: Yes")


def test_many_are_assigned_at_once_after_a_page_that_names_them(visitor):
    visitor.opens("/households/?sort=-reference&size=20")
    ticks = visitor.page.locator("tbody input.os-tick")
    names = _names(visitor)[:2]
    for number in range(2):
        ticks.nth(number).check()
    visitor.presses("Assign")
    visitor.sees_heading("Assign these records?")
    visitor.sees("2 records are chosen.")
    for name in names:
        visitor.sees(name)
    visitor.selects("Assign to", "Tomos Ray")
    visitor.presses("Assign")
    visitor.sees_message("2 records were assigned.")
    assert visitor.path.startswith("/households/?")
    rows = visitor.page.locator("tbody tr", has_text="Tomos Ray")
    assert rows.count() == 2
    visitor.is_content()


def test_somebody_else_was_faster_with_one_of_many(somebody, staff):
    mari, tomos = somebody(), somebody()
    for visitor, member in zip((mari, tomos), staff, strict=True):
        people.comes_in(visitor, member)
        visitor.opens("/households/?sort=reference&size=20")
        visitor.page.locator("tbody input.os-tick").first.check()
        visitor.presses("Assign")
    tomos.selects("Assign to", "Tomos Ray")
    tomos.presses("Assign")
    tomos.sees_message("1 record was assigned.")
    mari.selects("Assign to", "Mari Lee")
    mari.presses("Assign")
    mari.sees_problem("Somebody else changed")


def test_the_list_is_taken_out_with_two_presses(visitor, tmp_path):
    visitor.opens("/households/?sort=reference")
    visitor.presses("Export")
    visitor.types("What is the file for?", "Monthly meeting with schools")
    with visitor.page.expect_download() as waiting:
        visitor.presses("Export")
    assert visitor.presses_so_far == 2
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".xlsx"
    with zipfile.ZipFile(file) as book:
        words = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "OFFICIAL-SENSITIVE" in words
    assert "Hanna C" in words
    assert "Mari Lee" in words
    visitor.opens("/exports/")
    visitor.sees("Fetched")


def test_a_list_is_read_on_a_phone(somebody, staff):
    visitor = somebody(size=PHONE)
    people.comes_in(visitor, staff[0])
    visitor.opens("/sponsors/")
    expect(visitor.page.get_by_role("link", name=re.compile("SPO")).first).to_be_in_viewport()
    visitor.sees("Rhys Only")


def test_the_rows_are_near_and_enough_of_them_in_sight(somebody):
    visitor, member = somebody(), people.a_member(people.a_council(), Role.CASEWORKER)
    for _number in range(14):
        people.a_household(member)
    people.comes_in(visitor, member)
    visitor.opens("/households/")
    assert visitor.rows_in_sight() >= 12
    first_row = visitor.page.locator("tbody tr").first.get_by_role("link")
    assert visitor.tab_stops_until(first_row) <= 40
    visitor.unfolds("Filters")
    assert visitor.rows_in_sight() >= 9
