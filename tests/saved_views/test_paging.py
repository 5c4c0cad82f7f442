"""Paging by key: every row once, in order, forwards and backwards, whatever happens to the list meanwhile."""

import dataclasses
import datetime as dt

import pytest

from opensponsor.core import statements
from opensponsor.core.keyset import Window
from opensponsor.identity.roles import Role
from opensponsor.saved_views import queries
from opensponsor.saved_views.lists.households import HOUSEHOLDS
from opensponsor.saved_views.state import state_of
from tests import factories

SORTABLE = [column.key for column in HOUSEHOLDS.columns if column.sort]
DAYS = [None, dt.date(2026, 5, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1)]


@pytest.fixture
def council(db):
    return factories.organisation()


@pytest.fixture
def caseworker(council):
    return factories.actor(council, Role.CASEWORKER)


def read(actor, state, **window):
    return queries.list_page(actor, HOUSEHOLDS, state, Window(**{"size": 3} | window))


def ids(page):
    return [row.case_id for row in page.rows]


def walk(actor, state):
    """All rows, page by page forwards; then the same backwards must be the same."""
    pages = [read(actor, state)]
    while pages[-1].has_next:
        assert len(pages) < 20
        pages.append(read(actor, state, after=ids(pages[-1])[-1]))
    back = [pages[-1]]
    while back[-1].has_previous and len(back) < 20:
        back.append(read(actor, state, before=ids(back[-1])[0]))
    assert [ids(page) for page in reversed(back)] == [ids(page) for page in pages]
    return [row for page in pages for row in page.rows]


@pytest.mark.parametrize("sort", [*SORTABLE, *(f"-{key}" for key in SORTABLE)])
def test_every_row_once_in_order(council, caseworker, acting_as, sort):
    for number in range(11):
        factories.household(
            council,
            f"Given{number % 3} Family{number % 4}",
            expected_on=DAYS[number % 4],
            arrived_on=DAYS[(number + 1) % 4],
            case_opened_on=dt.date(2026, 1, 1 + number % 2),
        )
    with acting_as(caseworker):
        state = state_of(HOUSEHOLDS, caseworker, {"sort": sort, "status": ""})
        rows = walk(caseworker, state)
    assert len({row.case_id for row in rows}) == 11
    values = [getattr(row, sort.lstrip("-")) for row in rows]
    present = [value for value in values if value is not None]
    assert values == present + [None] * (11 - len(present)), "missing values come last"
    key = (lambda name: tuple(reversed(name.split()))) if "title" in sort else None
    assert present == sorted(present, key=key, reverse=sort.startswith("-"))


def test_rows_that_come_in_meanwhile_move_nothing(council, caseworker, acting_as):
    for number in range(6):
        factories.household(council, f"Given M{number}")
    state = state_of(HOUSEHOLDS, caseworker, {})
    with acting_as(caseworker):
        first = read(caseworker, state)
    factories.household(council, "Given A")
    factories.household(council, "Given Z")
    with acting_as(caseworker):
        second = read(caseworker, state, after=ids(first)[-1])
    assert [row.title for row in second.rows] == ["Given M3", "Given M4", "Given M5"]
    assert second.has_next


def test_a_row_that_left_the_list_still_marks_its_place(council, caseworker, acting_as):
    rows = [factories.household(council, f"Given M{number}") for number in range(6)]
    state = state_of(HOUSEHOLDS, caseworker, {})
    with factories.writing():
        rows[2].case.status, rows[2].case.closed_on = "CLOSED", dt.date(2026, 5, 1)
        rows[2].case.save()
    with acting_as(caseworker):
        page = read(caseworker, state, after=rows[2].case_id)
        assert [row.title for row in page.rows] == ["Given M3", "Given M4", "Given M5"]


def test_a_row_that_is_not_there_starts_at_the_beginning(council, caseworker, acting_as):
    factories.household(council, "Given A")
    foreign = factories.household(factories.organisation(), "Given Z")
    state = state_of(HOUSEHOLDS, caseworker, {})
    with acting_as(caseworker):
        for window in ({"after": foreign.case_id}, {"before": foreign.case_id}, {"before": foreign.pk}):
            assert [row.title for row in read(caseworker, state, **window).rows] == ["Given A"]


def test_a_page_further_on_asks_no_more_than_the_first(council, caseworker, acting_as, django_assert_num_queries):
    for number in range(9):
        factories.household(council, f"Given M{number}")
    state = state_of(HOUSEHOLDS, caseworker, {})
    with acting_as(caseworker):
        first = read(caseworker, state)
        for window in ({}, {"after": ids(first)[-1]}, {"before": ids(first)[0]}):
            with django_assert_num_queries(4 if "before" in window else 3):
                read(caseworker, state, **window)


def test_the_statement_of_a_page_is_kept_for_one_reader_and_one_state(council, caseworker, acting_as):
    """Kept statements would show another's rows, or those of another filter, if they were taken for equal."""
    mine = factories.household(council, "Given Mine", route="IS")
    factories.household(council, "Given Other", route="SS")
    elsewhere = factories.organisation()
    theirs = factories.household(elsewhere, "Given Theirs", route="IS")
    others = factories.actor(elsewhere, Role.CASEWORKER)
    may_not = dataclasses.replace(caseworker, permissions=frozenset())
    with factories.writing():
        mine.case.assignee_id = caseworker.user_id
        mine.case.save()
    for _ in range(2):
        for actor, asked, expected in (
            (caseworker, {"route": "IS"}, [mine.case_id]),
            (others, {"route": "IS"}, [theirs.case_id]),
            (caseworker, {"assignee": "me"}, [mine.case_id]),
            (factories.actor(council, Role.CASEWORKER), {"assignee": "me"}, []),
            (may_not, {"route": "IS"}, []),
        ):
            with acting_as(actor):
                assert ids(read(actor, state_of(HOUSEHOLDS, actor, asked))) == expected


def test_no_name_that_is_looked_for_is_kept(council, caseworker, acting_as):
    factories.household(council, "Given Canary")
    statements.forget()
    state = state_of(HOUSEHOLDS, caseworker, {}, names="canary")
    with acting_as(caseworker):
        assert len(ids(read(caseworker, state))) == 1
    assert "canary" not in repr([(key, kept and kept.values) for key, kept in statements._KEPT.items()])


def test_the_total_is_counted_so_far_and_no_further(council, caseworker, acting_as, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 4)
    for number in range(4):
        factories.household(council, f"Given M{number}")
    state = state_of(HOUSEHOLDS, caseworker, {})
    with acting_as(caseworker):
        assert (read(caseworker, state).total, read(caseworker, state).is_capped) == (4, False)
    for number in range(4):
        factories.household(council, f"Given N{number}")
    with acting_as(caseworker):
        assert (read(caseworker, state).total, read(caseworker, state).is_capped) == (5, True)


def test_a_list_of_nobody_is_empty(caseworker, acting_as):
    state = state_of(HOUSEHOLDS, caseworker, {})
    with acting_as(caseworker):
        page = read(caseworker, state)
    assert (page.rows, page.total, page.has_previous, page.has_next) == ([], 0, False, False)
