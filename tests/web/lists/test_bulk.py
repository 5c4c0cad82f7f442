"""Assigning the chosen rows: named first, then all or nothing."""

import re
import uuid

import pytest

from opensponsor.audit.models import Event
from opensponsor.cases.models import Case
from opensponsor.identity.roles import Role
from tests import factories
from tests.web.browsing import signed_in
from tests.web.lists.test_list import text

ASSIGN = "/households/assign/?sort=title"


@pytest.fixture
def rows(place):
    return [factories.household(place.council, f"Given N{number}") for number in range(3)]


def picked(*rows):
    return [str(row.case_id) for row in rows]


def versions(page):
    return re.findall(r'name="pick" value="([^"]+)"', text(page))


def assignees(*rows):
    with factories.writing():
        found = dict(Case.objects.filter(pk__in=[row.case_id for row in rows]).values_list("pk", "assignee_id"))
    return [found[row.case_id] for row in rows]


def test_chosen_rows_are_named_and_counted_before_they_are_assigned(place, rows):
    asked = place.client.post(ASSIGN, {"pick": picked(*rows[:2])})
    page = text(asked)
    assert "2 records are chosen" in page
    assert f"Given N0 ({rows[0].case.reference})" in page and "Given N1" in page and "Given N2" not in page
    assert "Tomos Rees" in page and assignees(*rows) == [None] * 3
    done = place.client.post(ASSIGN, {"pick": versions(asked), "assignee": place.colleague.pk}, follow=True)
    assert done.redirect_chain == [("/households/?sort=title", 302)]
    assert "2 records were assigned." in text(done)
    assert assignees(*rows) == [place.colleague.pk, place.colleague.pk, None]
    with factories.writing():
        events = Event.objects.filter(code="case.assigned")
        assert {event.case_id for event in events} == {row.case_id for row in rows[:2]}


def test_every_row_of_the_list_beyond_the_page(place):
    made = [factories.household(place.council, f"Given N{number:02d}") for number in range(25)]
    closed = factories.household(place.council, "Ivan Closed", case_status="CLOSED", case_closed_on="2026-05-01")
    page = text(place.get("/households/?size=20"))
    assert "All 25 rows" in page
    asked = place.client.post("/households/assign/?size=20", {"pick": picked(made[0]), "all_rows": "1"})
    assert "25 records are chosen" in text(asked)
    place.client.post(ASSIGN, {"pick": versions(asked), "assignee": place.colleague.pk})
    assert set(assignees(*made)) == {place.colleague.pk} and assignees(closed) == [None]


def test_nothing_chosen_is_said(place, rows):
    assert "Choose at least one row." in text(place.client.post(ASSIGN, {}, follow=True))


def test_too_many_are_refused(place, rows, monkeypatch):
    from opensponsor.web.lists import bulk

    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    for chosen in ({"pick": picked(*rows)}, {"all_rows": "1"}):
        assert "at most 2 rows" in text(place.client.post(ASSIGN, chosen, follow=True))


@pytest.mark.rule("ORG-031")
def test_a_foreign_row_among_the_chosen_stops_everything(place, rows):
    foreign = factories.household(place.other)
    for strange in (str(foreign.case_id), str(foreign.pk), str(uuid.uuid4()), "nonsense", "\x00", ""):
        assert place.client.post(ASSIGN, {"pick": [*picked(rows[0]), strange]}).status_code == 404
        confirmed = {"pick": [f"{rows[0].case_id}:1", f"{strange}:1"], "assignee": place.colleague.pk}
        assert place.client.post(ASSIGN, confirmed).status_code == 404
    assert assignees(rows[0], foreign) == [None, None]


@pytest.mark.rule("ORG-031")
def test_a_row_of_a_kind_not_in_the_list_is_not_chosen_here(place):
    sponsor = factories.sponsor(place.council)
    assert place.client.post(ASSIGN, {"pick": picked(sponsor)}).status_code == 404


def test_what_is_read_but_not_owned_is_not_assigned(place, rows):
    reader_of = factories.organisation(reaches=(place.council,), may_write=False)
    reader = factories.member(reader_of, Role.CASEWORKER)
    client = signed_in(reader)
    asked = client.post(ASSIGN, {"pick": picked(rows[0])})
    assert client.post(ASSIGN, {"pick": versions(asked), "assignee": reader.pk}).status_code == 404
    assert assignees(rows[0]) == [None]


def test_a_row_that_changed_meanwhile_stops_everything(place, rows):
    asked = place.client.post(ASSIGN, {"pick": picked(*rows)})
    with factories.writing():
        Case.objects.filter(pk=rows[1].case_id).update(version=2)
    answer = text(place.client.post(ASSIGN, {"pick": versions(asked), "assignee": place.colleague.pk}))
    assert f"Somebody else changed {rows[1].case.reference}" in answer
    assert assignees(*rows) == [None] * 3


def test_a_closed_row_stops_everything(place, rows):
    closed = factories.household(place.council, case_status="CLOSED", case_closed_on="2026-05-01")
    asked = place.client.post(ASSIGN, {"pick": picked(rows[0], closed)})
    answer = text(place.client.post(ASSIGN, {"pick": versions(asked), "assignee": place.colleague.pk}))
    assert f"{closed.case.reference} is closed" in answer and assignees(rows[0]) == [None]


def test_only_colleagues_of_today_take_records(place, rows):
    stranger = factories.member(place.other, Role.CASEWORKER)
    asked = place.client.post(ASSIGN, {"pick": picked(rows[0])})
    for nobody in (stranger.pk, 10**9, "x", ""):
        answer = place.client.post(ASSIGN, {"pick": versions(asked), "assignee": nobody})
        assert "There is a problem" in text(answer)
    assert assignees(rows[0]) == [None]
    assert f'value="{stranger.pk}"' not in text(asked)


def test_records_are_taken_from_everybody_too(place):
    row = factories.household(place.council, case_assignee=place.colleague)
    asked = place.client.post(ASSIGN, {"pick": picked(row)})
    place.client.post(ASSIGN, {"pick": versions(asked), "assignee": "0"})
    assert assignees(row) == [None]


def test_who_may_not_assign_has_no_such_page(place, rows):
    finance = signed_in(factories.member(place.council, Role.FINANCE_OFFICER))
    assert finance.post(ASSIGN, {"pick": picked(rows[0])}).status_code == 404
    assert place.client.get(ASSIGN).status_code == 405
