"""The registry of columns and filters: whole, and shut to those who do not see a field."""

import pytest

from opensponsor.core.models import data_class_of
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.saved_views.lists import LISTS
from opensponsor.saved_views.state import narrowed, shown_columns, state_of
from tests import factories

EVERY = [pytest.param(one, id=key) for key, one in LISTS.items()]


@pytest.mark.parametrize("definition", EVERY)
def test_keys_are_unique_and_every_column_has_a_class_of_data(definition):
    keys = [column.key for column in definition.columns]
    assert len(set(keys)) == len(keys)
    assert len({one.key for one in definition.filters}) == len(definition.filters)
    for one in (*definition.columns, *definition.filters):
        assert data_class_of(*one.source)
    assert definition.default_sort in keys
    assert definition.columns[0].sort, "the column that everybody sees is one to sort by"


@pytest.mark.parametrize("definition", EVERY)
def test_names_of_filters_do_not_clash_with_the_other_parts_of_an_address(definition):
    taken = {"sort", "columns", "size", "view", "found", "after", "before", "names", "pick", "all_rows"}
    assert taken.isdisjoint(one.key for one in definition.filters)


@pytest.mark.rule("ORG-030")
def test_an_analyst_has_no_column_filter_or_search_that_names_people(db, acting_as):
    council = factories.organisation()
    factories.household(council, "Olena Koval")
    at = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    analyst = factories.actor(at, Role.ANALYST)
    households = LISTS["households"]
    state = state_of(households, analyst, {"sort": "title", "columns": "title,status"}, names="petro")
    assert "title" not in households.columns_for(analyst)
    assert (state.sort, state.names, state.columns) == ("reference", "", ("status",))
    assert [column.key for column in shown_columns(households, analyst, state)] == ["reference", "status"]
    with acting_as(analyst):
        assert narrowed(households, analyst, state).count() == 1, "words do not narrow what may not be looked for"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, {"sort": "title"}),
        ({"sort": "-expected_on"}, {"sort": "-expected_on"}),
        ({"sort": "--title"}, {"sort": "title"}),
        ({"sort": "people"}, {"sort": "title"}),
        ({"sort": "password"}, {"sort": "title"}),
        ({"status": ""}, {"sort": "title", "status": ""}),
        ({"status": "OPEN"}, {"sort": "title"}),
        ({"size": "20"}, {"sort": "title", "size": "20"}),
        ({"size": "1000000"}, {"sort": "title"}),
        ({"columns": "route,route,nonsense,status"}, {"sort": "title", "columns": "route,status"}),
    ],
)
def test_what_an_address_says_is_understood_or_left_out(db, parameters, expected):
    actor = factories.actor(None, Role.CASEWORKER)
    assert state_of(LISTS["households"], actor, parameters).parameters() == expected


def test_the_usual_columns_give_way_to_the_remembered_ones_and_these_to_the_chosen_ones(db):
    actor = factories.actor(None, Role.CASEWORKER)
    households = LISTS["households"]

    def keys(**given):
        state = state_of(households, actor, given.pop("parameters", {}), **given)
        return [column.key for column in shown_columns(households, actor, state)]

    assert keys()[:3] == ["reference", "title", "people"]
    assert keys(remembered="status,people") == ["reference", "status", "people"]
    assert keys(remembered="status", parameters={"columns": "route"}) == ["reference", "route"]
    assert "owner_name" not in keys(parameters={"columns": "owner_name,status"}), "one council says nothing"
