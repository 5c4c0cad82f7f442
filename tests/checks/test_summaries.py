"""The stored summaries: set by set, and untouched where nothing changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensponsor.audit.models import Event
from opensponsor.cases.services.cases import transfer_case
from opensponsor.checks.models import Check, ChecksSummary
from opensponsor.checks.services import summaries
from opensponsor.checks.states import CheckStatus, CheckType, DbsLevel
from opensponsor.core import bulk, clock
from opensponsor.people.models import Household
from tests import factories


def _sponsored(owner):
    """A household with a sponsor and an address."""
    household, sponsor = factories.household(owner), factories.sponsor(owner)
    address = factories.address(sponsor)
    factories.sponsorship(household, sponsor, address)
    return household, sponsor, address


def _check(type_, of, status=CheckStatus.PASSED, **fields):
    with factories.writing():
        shared = {"case_id": of.case_id, "owner_id": of.owner_id, "checked_on": clock.today()}
        return Check.objects.create(type=type_, status=status, **shared, **fields)


def _refresh(*households):
    with factories.writing():
        summaries.refresh([household.case_id for household in households])
        return {one.household_id: one for one in ChecksSummary.objects.all()}


@pytest.fixture
def council(db):
    return factories.organisation()


def test_missing_summaries_are_made_and_tell_why(council):
    household, sponsor, address = _sponsored(council)
    summary = _refresh(household)[household.pk]
    assert (summary.status, summary.owner_id, summary.case_id) == ("REQUIRED", council.pk, household.case_id)
    assert summary.reasons[:4] == [
        ["SPONSOR:NOT_STARTED", "SPONSOR", str(sponsor.pk)],
        ["EXISTS:NOT_STARTED", "ADDRESS", str(address.pk)],
        ["SUITABLE:NOT_STARTED", "ADDRESS", str(address.pk)],
        ["ARRIVED:NOT_STARTED", "HOUSEHOLD", str(household.pk)],
    ]


def test_checks_of_sponsor_address_and_household_come_together(council):
    household, sponsor, address = _sponsored(council)
    _check(CheckType.SPONSOR, sponsor, sponsor=sponsor, dbs_level=DbsLevel.BASIC)
    assert _refresh(household)[household.pk].status == "PARTIAL"
    _check(CheckType.EXISTS, sponsor, address=address)
    _check(CheckType.SUITABLE, household, address=address, household=household)
    assert _refresh(household)[household.pk].status == "PRE_ARRIVAL"
    _check(CheckType.ARRIVED, household, household=household)
    assert _refresh(household)[household.pk].status == "COMPLETED"


def test_suitable_for_one_household_says_nothing_of_another_at_the_same_address(council):
    first, sponsor, address = _sponsored(council)
    second = factories.household(council)
    factories.sponsorship(second, sponsor, address)
    _check(CheckType.SUITABLE, first, address=address, household=first)
    found = _refresh(first, second)
    assert (found[first.pk].status, found[second.pk].status) == ("PARTIAL", "REQUIRED")


def test_checks_of_another_council_do_not_count(council):
    household = factories.household(council)
    sponsor = factories.sponsor(factories.organisation())
    factories.sponsorship(household, sponsor, factories.address(sponsor))
    _check(CheckType.SPONSOR, sponsor, sponsor=sponsor, dbs_level=DbsLevel.BASIC)
    assert _refresh(household)[household.pk].status == "REQUIRED"


def test_a_sponsorship_that_ended_asks_for_nothing(council):
    household, sponsor = factories.household(council), factories.sponsor(council)
    factories.sponsorship(household, sponsor, factories.address(sponsor), ends_on=clock.today())
    codes = [reason[0] for reason in _refresh(household)[household.pk].reasons]
    assert codes[:2] == ["NO_SPONSOR", "NO_ADDRESS"]


def test_what_has_not_changed_is_not_touched(council):
    household, _sponsor, _address = _sponsored(council)
    before = _refresh(household)[household.pk]
    assert _refresh(household)[household.pk].updated_at == before.updated_at
    with factories.writing():
        changes = Event.objects.filter(kind="CHANGE", table_name="checks_checkssummary").count()
    assert changes == 1


def _statements(households):
    with factories.writing(), CaptureQueriesContext(connection) as captured:
        summaries.refresh([household.case_id for household in households])
    return len(captured)


def test_the_number_of_statements_does_not_grow_with_the_number_of_households(council):
    households = [_sponsored(council)[0] for _ in range(7)]
    few = _statements(households[:1])
    assert _statements(households) == few


def test_more_than_a_thousand_are_done_in_sets(council, monkeypatch):
    households = [_sponsored(council)[0] for _ in range(5)]
    monkeypatch.setattr(summaries, "_AT_ONCE", 2)
    assert len(_refresh(*households, households[0])) == 5


def test_nobody_writes_the_summary_of_another_council(council, acting_as):
    household, _sponsor, _address = _sponsored(council)
    stranger = factories.actor(None)
    with acting_as(stranger):
        summaries.refresh([household.case_id])
    with factories.writing():
        assert not ChecksSummary.objects.exists()


def _stored(household):
    with factories.writing():
        return ChecksSummary.objects.get(household=household).status


def test_on_a_birthday_every_household_is_looked_at_anew(council):
    first, second = _sponsored(council)[0], _sponsored(factories.organisation())[0]
    summaries.refresh_all()
    assert _stored(first) == _stored(second) == "REQUIRED"


def test_after_a_transfer_the_checks_of_the_old_council_no_longer_count(council):
    household, sponsor, _address = _sponsored(council)
    _check(CheckType.SPONSOR, sponsor, sponsor=sponsor, dbs_level=DbsLevel.BASIC)
    _refresh(household)
    champion = factories.actor(council)
    with factories.as_actor(champion):
        transfer_case(actor=champion, case_id=household.case_id, version=1, new_owner_id=factories.organisation().pk)
        assert _stored(household) == "PARTIAL"
        summaries.refresh_around([household.case_id])
        assert _stored(household) == "REQUIRED"
        # Whoever handed it over acts again, with the reach they had.
        assert bulk.rows("SELECT current_setting('app.user'), current_setting('role')") == [
            (champion.context_name, "app_one")
        ]
        assert not Household.objects.exists()
    with factories.writing():
        summary = ChecksSummary.objects.get(household=household)
        history = Event.objects.filter(table_name="checks_checkssummary", row_id=str(summary.pk))
        assert [one.actor for one in history.order_by("id")][-1] == "system:checks"


def test_whoever_acts_goes_on_as_before_when_the_look_fails(council, monkeypatch):
    household, _sponsor, _address = _sponsored(council)
    monkeypatch.setattr(summaries, "refresh", lambda case_ids: 1 / 0)
    caseworker = factories.actor(council)
    with factories.as_actor(caseworker):
        with pytest.raises(ZeroDivisionError):
            summaries.refresh_around([household.case_id])
        assert bulk.rows("SELECT current_setting('app.user'), current_setting('role')") == [
            (caseworker.context_name, "app_one")
        ]


def test_the_households_of_a_sponsor_are_looked_at_with_them(council):
    household, sponsor, _address = _sponsored(council)
    with factories.as_actor(factories.actor(council)):
        summaries.refresh_around([sponsor.case_id])
    assert _stored(household) == "REQUIRED"
