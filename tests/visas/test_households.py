"""What visa applications say of a household: where its journey begins in Wales, and whether anybody comes."""

import pytest

from opensponsor.identity.roles import Role
from opensponsor.identity.states import Realm
from opensponsor.people.states import JourneyStatus, Route
from opensponsor.visas.households import get_household, household_rows
from opensponsor.visas.rules.journeys import first_status, is_over
from opensponsor.visas.states import VisaStatus as V
from tests import factories

SS, IS = Route.SUPER_SPONSOR, Route.INDIVIDUAL_SPONSOR
SS01, IS01 = JourneyStatus.SS01, JourneyStatus.IS01
BEFORE = [V.MISSING, V.PENDING, V.CONFIRMED, V.FLOW_PENDING]
ENDED = [V.WITHDRAWN, V.REFUSED, V.LAPSED]


@pytest.mark.rule("JS-001", "JS-014")
@pytest.mark.parametrize(
    ("route", "statuses", "expected"),
    [
        (SS, [V.ISSUED], SS01),
        (IS, [V.ISSUED], IS01),
        (SS, [V.ARRIVED], SS01),
        (IS, [V.ARRIVED], IS01),
        (SS, [V.PENDING, V.ISSUED], SS01),
        (IS, [V.LAPSED, V.ARRIVED], IS01),
        (SS, [], None),
        (IS, [], None),
        *((route, [status], None) for route in (SS, IS) for status in (*BEFORE, *ENDED)),
        (SS, BEFORE + ENDED, None),
    ],
)
def test_a_journey_in_wales_begins_once_a_visa_is_issued(
    route: Route, statuses: list[V], expected: JourneyStatus | None
) -> None:
    assert first_status(route=route, visa_statuses=statuses, is_in_wales=True) == expected
    assert first_status(route=route, visa_statuses=statuses, is_in_wales=False) is None


@pytest.mark.rule("CMS-012")
@pytest.mark.parametrize(
    ("statuses", "expected"),
    [([], False), (ENDED, True), ([V.LAPSED], True), ([V.LAPSED, V.ISSUED], False), ([V.PENDING], False)],
)
def test_nobody_comes_once_every_application_came_to_an_end(statuses: list[V], expected: bool) -> None:
    assert is_over(statuses) is expected


@pytest.mark.rule("JS-001", "JS-014")
@pytest.mark.parametrize(("realm", "expected"), [(Realm.WALES, ["SS01", "IS01", ""]), (Realm.ENGLAND, ["", "", ""])])
def test_lists_and_records_tell_it_of_welsh_households(db: None, realm: Realm, expected: list[str]) -> None:
    council = factories.organisation(realm=realm)
    made = [factories.household(council, f"Koval Nr{number}", route=route) for number, route in enumerate((SS, IS, IS))]
    for household, status in zip(made, (V.ISSUED, V.ARRIVED, V.PENDING), strict=True):
        factories.application(council, household, visa_status=V.LAPSED)
        factories.application(council, household, visa_status=status)
    ids = [household.case_id for household in made]
    with factories.as_actor(factories.actor(council, Role.CASEWORKER)) as actor:
        rows = household_rows(actor, ids)
        assert ([row.case_id for row in rows], [row.journey for row in rows]) == (ids, expected)
        assert [get_household(actor, case_id).journey for case_id in ids] == expected


def test_the_rows_of_a_page_take_two_statements(db: None, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    council = factories.organisation()
    ids = [factories.household(council, f"Koval Nr{number}").case_id for number in range(5)]
    with factories.as_actor(factories.actor(council, Role.CASEWORKER)) as actor, django_assert_num_queries(2):
        assert len(household_rows(actor, ids)) == 5
