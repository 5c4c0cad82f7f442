"""Columns and views of one's own."""

import re

import pytest

from opensponsor.saved_views.models import SavedView
from tests import factories
from tests.web.browsing import signed_in
from tests.web.lists.test_list import references, text


def headings(response):
    return re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', text(response))


@pytest.fixture
def rows(place):
    factories.household(place.council, "Olena Koval", route="SS", case_reference="WG1")
    factories.household(place.council, "Petro Bondar", case_reference="WG2")


@pytest.mark.rule("VIEW-006", "VIEW-007")
def test_columns_are_chosen_with_boxes_and_moved_with_buttons(place, rows):
    page = text(place.get("/households/columns/?route=SS"))
    assert page.count('name="column"') == 11 and "the first column is always “Household”" in page
    order = re.findall(r'name="order" value="([^"]+)"', page)
    assert order[:2] == ["title", "people"]
    moved = place.client.post(
        "/households/columns/?route=SS", {"order": order, "column": ["title", "people"], "move": "up:people"}
    )
    order = re.findall(r'name="order" value="([^"]+)"', text(moved))
    assert order[:2] == ["people", "title"]
    assert re.findall(r'name="column" value="([^"]+)" checked', text(moved)) == ["people", "title"]
    kept = place.client.post("/households/columns/?route=SS", {"order": order, "column": ["title", "people"]})
    assert kept["Location"] == "/households/?route=SS&sort=title"
    assert headings(place.get(kept["Location"])) == ["Household", "People", "Lead applicant"]
    assert headings(place.get("/households/")) == ["Household", "People", "Lead applicant"], "remembered"
    assert len(headings(signed_in(place.colleague).get("/households/"))) == 8, "each for themselves"
    place.client.post("/households/columns/", {"usual": "1"})
    assert len(headings(place.get("/households/"))) == 8


def test_nonsense_moves_nothing(place, rows):
    for move in ("", "up", "sideways:status", "up:password", "up:reference"):
        page = place.client.post("/households/columns/", {"order": ["status", "junk"], "move": move})
        assert re.findall(r'name="order" value="([^"]+)"', text(page))[0] == "status"


@pytest.mark.rule("VIEW-001", "VIEW-002", "VIEW-009")
def test_a_view_keeps_filters_sort_and_columns_but_no_names(place, rows):
    found = place.client.post("/households/find/?route=SS", {"names": "koval"})["Location"]
    address = found.replace("/households/?", "/households/views/?") + "&sort=-reference&columns=status"
    assert "The words you looked for in names are not" in text(place.get(address))
    saved = place.client.post(address, {"name": "Super sponsors"})
    with factories.writing():
        view = SavedView.objects.get(name="Super sponsors")
    assert "koval" not in str(view.parameters)
    assert view.parameters == {"route": "SS", "sort": "-reference", "columns": "reference,status"}
    assert saved["Location"] == f"/households/?view={view.pk}"
    page = place.get(saved["Location"])
    assert references(page) == ["WG1"] and headings(page) == ["Household", "Status"]
    assert re.search(r'aria-current="true">Super sponsors', text(page))


@pytest.mark.rule("VIEW-012")
def test_the_default_view_opens_first(place, rows):
    place.client.post("/households/views/?route=SS&sort=title", {"name": "Mine", "is_default": "on"})
    assert references(place.get("/households/")) == ["WG1"]
    assert len(references(place.get("/households/?sort=title"))) == 2, "an address says what it says"
    place.client.post("/households/views/?status=CLOSED&sort=title", {"name": "Closed", "is_default": "on"})
    assert references(place.get("/households/")) == []
    with factories.writing():
        first, second = SavedView.objects.filter(user=place.caseworker).order_by("name")
    assert (first.is_default, second.is_default) == (True, False)
    place.client.post(f"/households/views/{first.pk}/default/")
    assert len(references(place.get("/households/"))) == 2
    place.client.post(f"/households/views/{second.pk}/default/")
    assert references(place.get("/households/")) == ["WG1"]


@pytest.mark.rule("VIEW-016", "VIEW-014")
def test_a_view_is_renamed_and_deleted(place, rows):
    place.client.post("/households/views/?sort=title", {"name": "One"})
    place.client.post("/households/views/?sort=title", {"name": "Two"})
    with factories.writing():
        one = SavedView.objects.get(name="One")
    rename = f"/households/views/{one.pk}/rename/"
    assert "already" in text(place.client.post(rename, {"name": "Two", "version": one.version}))
    assert "There is a problem" in text(place.client.post(rename, {"name": "", "version": one.version}))
    assert "There is a problem" in text(place.client.post(rename, {"name": "X", "version": 9}))
    assert place.client.post(rename, {"name": "First", "version": one.version}).status_code == 302
    assert "First" in text(place.get("/households/views/"))
    asked = text(place.get(f"/households/views/{one.pk}/delete/"))
    assert "First" in asked and "cannot be undone" in asked
    place.client.post(f"/households/views/{one.pk}/delete/", follow=True)
    assert "First" not in text(place.get("/households/"))


def test_nobody_touches_the_views_of_others(place, rows):
    place.client.post("/households/views/?sort=title", {"name": "Mine"})
    with factories.writing():
        view = SavedView.objects.get(name="Mine")
    other = signed_in(place.colleague)
    assert "Mine" not in text(other.get(f"/households/?view={view.pk}"))
    for action in ("rename", "default", "delete"):
        assert other.post(f"/households/views/{view.pk}/{action}/", {"name": "X", "version": 1}).status_code == 404
    assert SavedView.objects.count() == 0, "row security shows them to nobody else either"


def test_of_views_of_the_same_name_the_last_is_kept_and_there_are_not_endless_ones(place, rows, monkeypatch):
    from opensponsor.saved_views.services import views

    monkeypatch.setattr(views, "MOST_VIEWS", 2)
    for parameters in ("sort=title", "sort=-title"):
        place.client.post(f"/households/views/?{parameters}", {"name": "Same"})
    place.client.post("/households/views/?sort=title", {"name": "Other"})
    assert "Delete one first" in text(place.client.post("/households/views/?sort=title", {"name": "Third"}))
    assert "There is a problem" in text(place.client.post("/households/views/?sort=title", {"name": " "}))
    with factories.writing():
        assert SavedView.objects.get(name="Same").parameters["sort"] == "-title"
