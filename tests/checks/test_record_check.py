"""Recording checks: who may, what fits together, and for which households it counts."""

import datetime as dt
from functools import partial

import pytest

from opensponsor.audit.models import Event
from opensponsor.checks.models import Check
from opensponsor.checks.services.checks import record_check
from opensponsor.checks.states import CheckStatus, CheckType, FailureReason
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.core.rowsecurity import acting
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.people.models import Household
from opensponsor.people.states import Route
from tests import factories
from tests.checks.place import PASSED, TODAY, Hosting, make_hosting
from tests.races.crowd import at_once

TOMORROW = TODAY + dt.timedelta(days=1)
FAILED = {"status": CheckStatus.FAILED, "checked_on": TODAY}
T = CheckType


@pytest.mark.rule("CMS-012", "CMS-017")
def test_check_by_check_a_household_becomes_ready_and_arrives(hosting: Hosting) -> None:
    seen = []
    for type_ in (T.SPONSOR, T.EXISTS, T.SUITABLE, T.ARRIVED):
        hosting.record(type_)
        seen.append(hosting.status())
    assert seen == ["PARTIAL", "PARTIAL", "PRE_ARRIVAL", "COMPLETED"]


@pytest.mark.rule("CMS-004")
def test_a_district_records_checks_on_the_sponsors_of_its_households_and_its_county_too(db: None) -> None:
    district = make_hosting()
    county = factories.organisation(reaches=(district.council,))
    district.record(T.SPONSOR)
    district.record(T.EXISTS, by=factories.actor(county, Role.CASEWORKER))
    assert district.status() == "PARTIAL"


@pytest.mark.rule("ORG-031")
@pytest.mark.parametrize("type_", T)
def test_another_council_records_nothing(hosting: Hosting, type_: CheckType) -> None:
    stranger = factories.actor(None, Role.CASEWORKER)
    with pytest.raises(NotVisible):
        hosting.record(type_, by=stranger)
    with factories.writing():
        assert not Check.objects.exists()


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.SAFEGUARDING_LEAD])
@pytest.mark.parametrize("type_", T)
def test_whoever_only_reads_records_nothing(hosting: Hosting, role: Role, type_: CheckType) -> None:
    with pytest.raises(NotVisible):
        hosting.record(type_, by=factories.actor(hosting.council, role))


@pytest.mark.rule("ORG-030")
def test_the_check_of_a_sponsor_is_for_those_who_see_what_a_dbs_check_found(hosting: Hosting) -> None:
    champion = factories.actor(hosting.council, Role.DATA_CHAMPION)
    hosting.record(T.EXISTS, by=champion)
    with pytest.raises(NotVisible):
        hosting.record(T.SPONSOR, by=champion)


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_records_the_arrival_of_super_sponsor_households_only(db: None) -> None:
    hosting = make_hosting()
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(hosting.council,))
    officer = factories.actor(centre, Role.CONTACT_CENTRE_OFFICER)
    with pytest.raises(Refused, match="individual sponsor"):
        hosting.record(T.ARRIVED, by=officer)
    others = factories.household(hosting.council, route=Route.SUPER_SPONSOR)
    hosting.at(household=others).record(T.ARRIVED, by=officer)
    assert hosting.status(others) == "PARTIAL"


def test_a_closed_record_takes_no_checks(hosting: Hosting) -> None:
    with factories.writing():
        type(hosting.household.case).objects.filter(pk=hosting.household.case_id).update(
            status="CLOSED", closed_on=TODAY
        )
    with pytest.raises(Refused, match="closed"):
        hosting.record(T.SUITABLE)


def test_what_is_of_a_sponsor_counts_for_every_household_there_and_the_rest_for_its_own(hosting: Hosting) -> None:
    other = hosting.another_household()
    for type_, theirs in ((T.SPONSOR, "PARTIAL"), (T.EXISTS, "PARTIAL"), (T.SUITABLE, "PARTIAL")):
        hosting.record(type_)
        assert hosting.status(other) == theirs
    assert hosting.status() == "PRE_ARRIVAL"
    hosting.record(T.EXISTS, version=1, **FAILED, failure_reason=FailureReason.NOT_RESIDENTIAL)
    assert (hosting.status(), hosting.status(other)) == ("FAILED", "FAILED")


def test_a_failed_suitability_does_not_spread(hosting: Hosting) -> None:
    other = hosting.another_household()
    hosting.record(T.EXISTS)
    hosting.record(T.SUITABLE, **FAILED, failure_reason=FailureReason.OVERCROWDED)
    assert (hosting.status(), hosting.status(other)) == ("FAILED", "PARTIAL")


@pytest.mark.parametrize("type_", [T.SPONSOR, T.ARRIVED])
def test_a_subject_that_the_record_does_not_have_is_not_found(hosting: Hosting, type_: CheckType) -> None:
    swapped = {T.SPONSOR: hosting.household.case_id, T.ARRIVED: hosting.sponsor.case_id}[type_]
    with factories.as_actor(hosting.actor) as actor, pytest.raises(NotVisible):
        record_check(actor=actor, case_id=swapped, type_=type_, version=None, today=TODAY, **PASSED, dbs_level="BASIC")


@pytest.mark.parametrize("type_", [T.EXISTS, T.SUITABLE])
def test_an_address_of_somebody_else_is_not_found(hosting: Hosting, type_: CheckType) -> None:
    other = factories.address(factories.sponsor(hosting.council))
    with pytest.raises(NotVisible):
        hosting.at(address=other).record(type_)


@pytest.mark.parametrize(
    ("type_", "outcome", "sentence"),
    [
        (T.EXISTS, {"checked_on": None}, "Enter the date of the outcome"),
        (T.EXISTS, {"checked_on": TOMORROW}, "today or earlier"),
        (T.EXISTS, FAILED, "Choose why the check failed"),
        (T.EXISTS, FAILED | {"failure_reason": "OVERCROWDED"}, "belongs to this check"),
        (T.ARRIVED, FAILED | {"failure_reason": "OTHER", "comment": "?"}, "belongs to this check"),
        (T.SPONSOR, {"dbs_level": ""}, "Choose the level"),
        (T.SPONSOR, FAILED | {"failure_reason": "OTHER", "comment": "  "}, "Say what the reason is"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_a_sentence(
    hosting: Hosting, type_: CheckType, outcome: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        hosting.record(type_, **outcome)
    with factories.writing():
        assert not Check.objects.exists()


def test_guests_who_did_not_arrive_need_no_reason(hosting: Hosting) -> None:
    assert hosting.record(T.ARRIVED, **FAILED).failure_reason == ""
    assert hosting.status() == "FAILED"


def test_what_an_outcome_does_not_have_is_dropped(hosting: Hosting) -> None:
    check = hosting.record(T.EXISTS, dbs_level="BASIC", failure_reason="NO_SUCH_ADDRESS", comment=" Seen. ")
    assert (check.dbs_level, check.failure_reason, check.comment) == ("", "", "Seen.")


def test_the_arrival_sets_the_day_of_arrival_once(hosting: Hosting) -> None:
    def arrived_on() -> object:
        with factories.writing():
            return Household.objects.get(pk=hosting.household.pk).arrived_on

    yesterday = TODAY - dt.timedelta(days=1)
    hosting.record(T.ARRIVED, status=CheckStatus.IN_PROGRESS, checked_on=None)
    assert arrived_on() is None
    hosting.record(T.ARRIVED, version=1, checked_on=yesterday)
    assert arrived_on() == yesterday
    hosting.record(T.ARRIVED, version=2, checked_on=TODAY)
    assert arrived_on() == yesterday


@pytest.mark.parametrize("version", [None, 1, 3])
def test_somebody_who_saw_another_version_is_told(hosting: Hosting, version: int | None) -> None:
    hosting.record(T.EXISTS)
    hosting.record(T.EXISTS, version=1, status=CheckStatus.IN_PROGRESS)
    with pytest.raises(Conflict):
        hosting.record(T.EXISTS, version=version)


def test_what_nobody_recorded_has_no_version(hosting: Hosting) -> None:
    with pytest.raises(Conflict):
        hosting.record(T.EXISTS, version=1)


@pytest.mark.rule("ORG-033")
def test_history_says_who_recorded_what(hosting: Hosting) -> None:
    hosting.record(T.SPONSOR)
    hosting.record(T.SPONSOR, version=1, dbs_level="ENHANCED")
    with factories.writing():
        events = Event.objects.filter(kind="EVENT", code="check.recorded", case_id=hosting.sponsor.case_id)
        changes = Event.objects.filter(kind="CHANGE", code="UPDATE", table_name="checks_check")
        assert [event.detail for event in events] == [{"type": "SPONSOR", "status": "PASSED"}] * 2
        assert {event.actor for event in [*events, *changes]} == {str(hosting.user.pk)}
        assert changes.count() == 1
        on_household = Event.objects.filter(case_id=hosting.household.case_id, table_name="checks_checkssummary")
        assert on_household.count() == 1


def _record(hosting: Hosting, actor: Actor, type_: CheckType, version: int | None) -> bool:
    try:
        with acting(actor):
            outcome = PASSED | {"dbs_level": "BASIC"}
            record_check(actor=actor, version=version, today=TODAY, **hosting.where(type_), **outcome)
    except Conflict:
        return False
    return True


@pytest.mark.committed
@pytest.mark.parametrize("type_", T)
def test_of_two_who_record_the_same_check_at_once_one_is_told(type_: CheckType) -> None:
    hosting = make_hosting()
    actor = hosting.actor
    assert sorted(at_once([partial(_record, hosting, actor, type_, None)] * 2)) == [False, True]
    assert sorted(at_once([partial(_record, hosting, actor, type_, 1)] * 2)) == [False, True]


@pytest.mark.committed
def test_checks_recorded_at_once_all_count() -> None:
    """Each computes the summary of the same household; the last to do so has read what the others recorded."""
    hosting = make_hosting()
    actor = hosting.actor
    assert all(at_once([partial(_record, hosting, actor, type_, None) for type_ in T]))
    assert hosting.status() == "COMPLETED"
