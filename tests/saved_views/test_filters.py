"""Narrowing the lists."""

import dataclasses
import datetime as dt

import pytest

from opensponsor.identity.roles import Role
from opensponsor.saved_views.lists import LISTS
from opensponsor.saved_views.state import chosen_filters, narrowed, state_of
from tests import factories

HOUSEHOLDS = LISTS["households"]


@pytest.fixture
def council(db):
    return factories.organisation(name_en="Conwy CC")


@pytest.fixture
def caseworker(council):
    return factories.actor(council, Role.CASEWORKER, of=factories.member(council, Role.CASEWORKER))


@pytest.fixture
def people(council, caseworker):
    factories.household(council, "Olena Koval", route="SS", case_assignee_id=caseworker.user_id)
    factories.household(council, "Мар'яна Щерба", expected_on=dt.date(2026, 5, 1), case_reference="WG000777")
    factories.household(council, "Petro Koval-Bondar", arrived_on=dt.date(2026, 5, 2), is_complex=True)
    factories.household(council, "Ivan Closed", case_status="CLOSED", case_closed_on=dt.date(2026, 5, 3))


def titles(actor, names="", **parameters):
    state = state_of(HOUSEHOLDS, actor, parameters, names=names)
    return {line.case.title.split()[0] for line in narrowed(HOUSEHOLDS, actor, state)}


CASES = [
    ({}, {"Olena", "Мар'яна", "Petro"}),
    ({"status": ""}, {"Olena", "Мар'яна", "Petro", "Ivan"}),
    ({"status": "CLOSED"}, {"Ivan"}),
    ({"status": "NONSENSE"}, {"Olena", "Мар'яна", "Petro", "Ivan"}),
    ({"route": "SS"}, {"Olena"}),
    ({"assignee": "me"}, {"Olena"}),
    ({"assignee": "nobody"}, {"Мар'яна", "Petro"}),
    ({"arrived": "yes"}, {"Petro"}),
    ({"arrived": "no"}, {"Olena", "Мар'яна"}),
    ({"complex": "yes"}, {"Petro"}),
    ({"complex": "no"}, {"Olena", "Мар'яна"}),
    ({"expected_from": "2026-05-01"}, {"Мар'яна"}),
    ({"expected_from": "2026-05-02"}, set()),
    ({"expected_to": "2026-05-01"}, {"Мар'яна"}),
    ({"expected_to": "2026-04-30"}, set()),
    ({"expected_to": "never"}, {"Olena", "Мар'яна", "Petro"}),
    ({"names": "koval"}, {"Olena", "Petro"}),
    ({"names": "KOVAL ol"}, {"Olena"}),
    ({"names": "val"}, set()),
    ({"names": "oval"}, {"Olena", "Petro"}),
    ({"names": "bondar"}, {"Petro"}),
    ({"names": "Щерба"}, {"Мар'яна"}),
    ({"names": "mar’iana shcherba"}, {"Мар'яна"}),
    ({"names": "wg0007"}, {"Мар'яна"}),
    ({"names": "%"}, set()),
    ({"names": "kov_l"}, set()),
    ({"names": "' OR 1=1 --"}, set()),
    ({"names": "olena\x00"}, {"Olena"}),
    ({"names": "koval", "route": "SS"}, {"Olena"}),
]


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_filters_and_names(people, caseworker, acting_as, given, expected):
    with acting_as(caseworker):
        assert titles(caseworker, **given) == expected


def test_a_licence_is_found_by_its_number_with_strokes(db, acting_as):
    licence = factories.licence(case_reference="Q7/0001-A")
    level_1 = factories.actor(licence.owner, Role.SPONSOR_LEVEL_1)
    definition = LISTS["licences"]
    with acting_as(level_1):
        for names, count in (("q7/0001", 1), ("Q7/0001-A cwm", 1), ("q7/9", 0), ("-", 0)):
            state = state_of(definition, level_1, {}, names=names)
            assert narrowed(definition, level_1, state).count() == count, names


@pytest.mark.rule("ORG-031")
def test_a_county_chooses_among_its_districts_and_nobody_elses(council, acting_as):
    other, stranger = factories.organisation(name_en="Other DC"), factories.organisation(name_en="Stranger CC")
    county = factories.organisation(name_en="The County", reaches=(council, other))
    for owner, name in ((council, "Olena A"), (other, "Petro B"), (county, "Ivan C"), (stranger, "Nobody D")):
        factories.household(owner, name)
    actor = factories.actor(county, Role.CASEWORKER)
    council_filter = HOUSEHOLDS.filters_for(actor)["owner"]
    with acting_as(actor):
        assert [label for _id, label in council_filter.options(actor)] == ["Conwy CC", "Other DC", "The County"]
        assert titles(actor) == {"Olena", "Petro", "Ivan"}
        assert titles(actor, owner=str(other.pk)) == {"Petro"}
        assert titles(actor, owner=str(stranger.pk)) == set()
        assert titles(actor, owner="9" * 30) == {"Olena", "Petro", "Ivan"}
        state = state_of(HOUSEHOLDS, actor, {"owner": str(other.pk), "expected_from": "2026-05-01"})
        chosen = [(one.label, one.words) for one in chosen_filters(HOUSEHOLDS, actor, state)]
    assert chosen == [("Status", "Open"), ("Council", "Other DC"), ("Expected from", "1 May 2026")]


def test_a_single_council_has_no_filter_for_councils(caseworker):
    assert "owner" not in HOUSEHOLDS.filters_for(caseworker)


def test_a_filter_of_what_hangs_on_a_case_finds_what_is_shared(people, caseworker, acting_as):
    theirs = factories.household(factories.organisation(name_en="Gwynedd Council"), "Taras Shared", route="SS")
    reads = dataclasses.replace(caseworker.reads, shared_case_ids=frozenset({theirs.case_id}))
    reader = dataclasses.replace(caseworker, reads=reads)
    with acting_as(reader):
        assert titles(reader, route="SS") == {"Olena", "Taras"}


def test_a_filter_of_what_hangs_on_a_case_names_the_organisations_there_too(people, caseworker):
    sponsors = LISTS["sponsors"]
    state = state_of(sponsors, caseworker, {"type": "INDIVIDUAL"})
    assert '"hosts_sponsor"."owner_id" IN' in str(narrowed(sponsors, caseworker, state).query)
