"""The oracle and the product speak of the same addresses, roles, places and kinds."""

import pytest

from opensponsor.cases.states import CaseKind
from opensponsor.core.privacy import DataClass
from opensponsor.identity.roles import Role
from tests.architecture.ours import addresses
from tests.permissions.oracle import PAGES, TABLE
from tests.permissions.places import BODIES, COUNCILS, PEOPLE

KEYS = {
    "to",
    "record",
    "kind",
    "get",
    "post",
    "of",
    "by",
    "scope",
    "whatever_kind",
    "fields",
    "parts",
    "proof",
    "picks",
}


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(PAGES) == set(addresses())


@pytest.mark.parametrize("page", PAGES)
def test_a_row_says_who_may(page):
    row = PAGES[page]
    assert set(row) <= KEYS
    assert row.get("to") in {None, "anybody", "halfway"}
    assert "to" in row or {"get", "post"} & set(row)
    for method in ("get", "post"):
        assert row.get(method, "") in {"", "nobody", *TABLE["acts"]}


@pytest.mark.parametrize("table", ["kinds", "acts", "classes"])
def test_every_role_of_the_table_is_a_role(table):
    for roles in TABLE[table].values():
        assert set(roles) <= set(Role.values)


def test_every_role_is_asked_as():
    assert {role for roles in PEOPLE.values() for role in roles} == set(Role)


def test_every_place_of_the_table_is_a_place():
    places = COUNCILS.keys() | BODIES.keys()
    of_people = ("people_of", "manages_people_of", "organisations_of")
    for table in ("sees", "works_on", "decides_for", *of_people, "brings", "places"):
        assert TABLE[table].keys() <= places
        found = {place for records in TABLE[table].values() for place in records}
        assert found <= places | {"SHARED", "MOVED", "UNPLACED"}
    assert PEOPLE.keys() <= TABLE["sees"].keys() & TABLE["works_on"].keys()


def test_kinds_and_classes_are_those_of_the_product():
    # Files that came in hang on no case.
    assert set(TABLE["kinds"]) == {*CaseKind.values, "LOAD"}
    assert set(TABLE["classes"]) | {"REFERENCE", "OPERATIONAL", "ACCOUNT"} == set(DataClass)
