"""Every component and every shape of page, at every width, with and without scripts."""

import pytest
from playwright.sync_api import expect

from opensponsor.web.gallery.views import PAGES
from tests.e2e.audit import keep_picture, page_faults, shape_faults
from tests.e2e.visitor import NARROW, PHONE, WIDTHS


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_at_every_width(somebody, name):
    visitor = somebody()
    assert visitor.opens(f"/gallery/{name}/").status == 200
    faults = []
    for width in WIDTHS:
        visitor.is_at(width)
        faults += [f"{width[0]}: {fault}" for fault in page_faults(visitor)]
        keep_picture(visitor, f"gallery-{name}")
    assert not faults, "\n".join(faults)


def test_every_page_is_whole_without_scripts(somebody):
    visitor = somebody(has_scripts=False, size=NARROW)
    faults = []
    for name in PAGES:
        assert visitor.opens(f"/gallery/{name}/").status == 200
        faults += [f"{name}: {fault}" for fault in [*shape_faults(visitor), *visitor.faults]]
        visitor.faults.clear()
    assert not faults, "\n".join(faults)


def test_hostile_text_stays_text(somebody):
    visitor = somebody()
    dialogs = []
    visitor.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    visitor.opens("/gallery/components/")
    visitor.sees("<script>alert(1)</script>")
    assert not dialogs


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_folds_open_by_themselves(somebody, has_scripts):
    visitor = somebody(size=PHONE, has_scripts=has_scripts)
    visitor.opens("/gallery/record/")
    for fold, inside in (("Menu", "Applicants"), ("Sections", "Change history")):
        link = visitor.page.get_by_role("link", name=inside)
        expect(link).to_be_hidden()
        visitor.unfolds(fold)
        expect(link).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(somebody, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    visitor.opens("/gallery/form/")
    visitor.types("Email address", "olena")
    visitor.types("Note", "Needs a cot.")
    visitor.presses("Save")
    visitor.sees_problem("Enter an email address like name@example.com")
    expect(visitor.field("Email address")).to_have_value("olena")
    expect(visitor.field("Note")).to_have_value("Needs a cot.")
    visitor.presses("Enter an email address like name@example.com")
    expect(visitor.field("Email address")).to_be_focused()


def test_a_field_that_belongs_to_a_choice_is_there_without_scripts_and_appears_with_them(somebody):
    plain, scripted = somebody(has_scripts=False), somebody()
    for visitor, is_there in ((plain, True), (scripted, False)):
        visitor.opens("/gallery/form/")
        expect(visitor.field("Which route")).to_be_visible(visible=is_there)
    scripted.ticks("Another route")
    expect(scripted.field("Which route")).to_be_visible()


def test_one_tick_chooses_all_rows_of_the_page(somebody):
    visitor = somebody()
    visitor.opens("/gallery/list/")
    visitor.ticks("Choose all rows on this page")
    visitor.sees("Chosen rows: 50")
    visitor.page.get_by_label("Choose Melnyk household").first.uncheck()
    visitor.sees("Chosen rows: 49")


def test_a_list_shows_enough_rows_above_the_fold(somebody):
    visitor = somebody()
    visitor.opens("/gallery/list/")
    assert visitor.rows_in_sight() >= 12
    visitor.unfolds("Filters")
    assert visitor.rows_in_sight() >= 9


def test_a_record_shows_what_matters_above_the_fold(somebody):
    visitor = somebody()
    visitor.opens("/gallery/record/")
    for found in (".os-risk", "h1", ".os-identity__facts", ".os-next", "#note_text", "text=Add the note"):
        expect(visitor.page.locator(found).first).to_be_in_viewport(ratio=1)


def test_keys_alone_reach_the_rows(somebody):
    visitor = somebody()
    visitor.opens("/gallery/list/")
    results = visitor.page.get_by_role("link", name="Skip to results")
    assert visitor.tab_stops_until(results) <= 2
    visitor.uses_keys("Enter")
    first_row = visitor.page.locator("tbody tr").first.get_by_role("link")
    assert visitor.tab_stops_until(first_row) <= 10
    visitor.opens("/gallery/list/")
    # The row begins with its check box.
    assert visitor.tab_stops_until(visitor.page.locator("tbody tr").first.get_by_role("checkbox")) <= 40


def test_text_twice_as_large_needs_no_scrolling_to_the_side(somebody):
    visitor = somebody()
    faults = []
    for name in ("list", "record", "form", "conflict", "components"):
        visitor.opens(f"/gallery/{name}/")
        visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
        too_wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if too_wide > 0:
            faults.append(f"{name}: {too_wide} pixels")
    assert not faults
