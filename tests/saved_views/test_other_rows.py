"""Lists of rows that are no cases: paged, sorted and narrowed as the lists of cases are."""

import datetime as dt

import pytest

from opensponsor.core.keyset import Window
from opensponsor.identity.roles import Role
from opensponsor.saved_views import queries
from opensponsor.saved_views.lists import LISTS
from opensponsor.saved_views.state import state_of
from tests import factories

OTHER_ROWS = [one for one in LISTS.values() if not one.is_of_cases]
ORDERS = [
    pytest.param(one, sign + column.key, id=f"{one.key}{sign}{column.key}")
    for one in OTHER_ROWS
    for column in one.columns
    for sign in ("", "-")
    if column.sort
]
MOMENTS = [None, dt.datetime(2026, 5, 1, tzinfo=dt.UTC), dt.datetime(2026, 4, 1, tzinfo=dt.UTC)]


@pytest.fixture
def council(db):
    return factories.organisation()


def ids(definition, page):
    return [definition.id_of(row) for row in page.rows]


def walk(actor, definition, state):
    """All rows, page by page forwards; then the same backwards must be the same."""

    def read(**window):
        return queries.list_page(actor, definition, state, Window(3, **window))

    pages = [read()]
    while pages[-1].has_next:
        assert len(pages) < 20
        pages.append(read(after=ids(definition, pages[-1])[-1]))
    back = [pages[-1]]
    while back[-1].has_previous and len(back) < 20:
        back.append(read(before=ids(definition, back[-1])[0]))
    assert [ids(definition, page) for page in reversed(back)] == [ids(definition, page) for page in pages]
    return [row for page in pages for row in page.rows]


@pytest.mark.parametrize(("definition", "sort"), ORDERS)
def test_every_row_once_in_order(council, acting_as, definition, sort):
    for number in range(6):
        household = factories.household(council, f"Given{number % 2} Family{number % 3}")
        factories.person(household, f"Child{number} Family{number % 3}")
        factories.application(council, household, event_at=MOMENTS[number % 3])
        factories.application(council, event_at=MOMENTS[number % 2])
    factories.application(factories.organisation(), factories.household(factories.organisation()))
    actor = factories.actor(council, Role.CASEWORKER)
    with acting_as(actor):
        rows = walk(actor, definition, state_of(definition, actor, {"sort": sort}))
    assert len({definition.id_of(row) for row in rows}) == len(rows) == 12
    values = [getattr(row, sort.lstrip("-")) for row in rows]
    present = [value for value in values if value is not None]
    assert values == present + [None] * (12 - len(present)), "missing values come last"
    key = (lambda name: tuple(reversed(name.split()))) if "title" in sort else None
    assert present == sorted(present, key=key, reverse=sort.startswith("-"))


@pytest.mark.parametrize("definition", OTHER_ROWS, ids=lambda one: one.key)
def test_who_reads_no_households_has_no_rows(council, acting_as, definition):
    factories.application(council, factories.household(council))
    auditor = factories.actor(council, Role.AUDITOR)
    with acting_as(auditor):
        assert definition.scope(auditor).count() == 0


@pytest.mark.parametrize("definition", OTHER_ROWS, ids=lambda one: one.key)
def test_a_row_of_another_council_marks_no_place(council, acting_as, definition):
    mine, other = factories.organisation(), factories.actor(council, Role.CASEWORKER)
    factories.application(mine, factories.household(mine, "Hidden One"))
    factories.application(council, factories.household(council, "Shown One"))
    with acting_as(other):
        state = state_of(definition, other, {})
        page = queries.list_page(other, definition, state, Window(3))
        assert page.total == 1
    with factories.writing():
        foreign = definition.scope(factories.actor(mine, Role.CASEWORKER)).values_list("pk", flat=True)[0]
    with acting_as(other):
        again = queries.list_page(other, definition, state, Window(3, after=foreign))
        assert ids(definition, again) == ids(definition, page)
        assert definition.rows(other, [foreign]) == []
