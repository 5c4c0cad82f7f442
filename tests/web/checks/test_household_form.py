"""All open checks of a household on one page: an answer for all, others where they differ, saved once or not at all."""

import datetime as dt
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from opensponsor.checks.models import Check
from opensponsor.checks.states import CheckStatus, CheckType
from opensponsor.identity.models import User
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.people.models import Household
from opensponsor.web.conflicts import posted
from tests import factories
from tests.checks.place import TODAY, Hosting, make_hosting
from tests.web.browsing import main_of, signed_in

T = CheckType
HEADINGS = {
    T.SPONSOR: "DBS and sponsor suitable: Gwen Parry",
    T.EXISTS: "Accommodation exists: 1 Castle Street, Conwy",
    T.SUITABLE: "Accommodation suitable: 1 Castle Street, Conwy",
    T.ARRIVED: "Guests arrived",
}
BEFORE, ALL = {"status": "BEFORE_ARRIVAL", "dbs_level": "BASIC"}, {"status": "EVERY_CHECK", "dbs_level": "ENHANCED"}


@pytest.fixture
def hosting(db: None) -> Hosting:
    return make_hosting()


def _url(hosting: Hosting) -> str:
    return f"/households/{hosting.household.case_id}/checks/record/"


def _opened(client: Any, hosting: Hosting) -> dict[str, Any]:
    form = client.get(_url(hosting)).context["form"]
    return {name: posted(form[name].value()) for name in form.fields}


def _name(hosting: Hosting, type_: CheckType, part: str = "status") -> str:
    subject = {T.SPONSOR: hosting.sponsor, T.ARRIVED: hosting.household}.get(type_, hosting.address)
    return f"{type_.lower()}-{subject.pk}-{part}"


def _send(hosting: Hosting, values: dict[str, Any], user: User | None = None) -> Any:
    client = signed_in(user or hosting.user)
    return client.post(_url(hosting), _opened(client, hosting) | values, follow=True)


def _stored(hosting: Hosting) -> dict[str, str]:
    with factories.writing():
        return {check.type: check.status for check in Check.objects.all()}


@pytest.mark.rule("CMS-012")
def test_from_the_record_all_checks_are_saved_in_four_presses(hosting: Hosting) -> None:
    """Record checks; all of them; the level; save. The date stands there, as that of today."""
    client = signed_in(hosting.user)
    record = client.get(f"/households/{hosting.household.case_id}/").content.decode()
    assert f'href="{_url(hosting)}"' in record and "Record checks" in record
    text = main_of(client.get(_url(hosting)))
    assert all(heading in text for heading in HEADINGS.values()) and "Checks required" in text
    answer = _send(hosting, ALL)
    assert f"Saved: {'; '.join(HEADINGS.values())}." in main_of(answer)
    assert "Every check is passed" in main_of(answer) and hosting.status() == "COMPLETED"
    with factories.writing():
        assert {check.checked_on for check in Check.objects.all()} == {TODAY}
        assert Check.objects.get(type="SPONSOR").dbs_level == "ENHANCED"
        assert Household.objects.get(pk=hosting.household.pk).arrived_on == TODAY
    assert "No check that you can record is open." in main_of(client.get(_url(hosting)))


@pytest.mark.rule("CMS-012")
def test_the_arrival_can_be_left_for_later(hosting: Hosting) -> None:
    answer = _send(hosting, BEFORE)
    assert hosting.status() == "PRE_ARRIVAL" and "ARRIVED" not in _stored(hosting)
    assert "Guests arrived" not in main_of(answer).split("Saved:")[1].split(". ")[0]


def test_one_that_differs_says_so_itself_and_the_rest_stays(hosting: Hosting) -> None:
    differs = {
        _name(hosting, T.SUITABLE): "FAILED",
        _name(hosting, T.SUITABLE, "failure_reason"): "OVERCROWDED",
        _name(hosting, T.SUITABLE, "checked_on"): "2026-03-07",
        _name(hosting, T.SPONSOR): "UNCHANGED",
    }
    _send(hosting, BEFORE | differs)
    assert _stored(hosting) == {"EXISTS": "PASSED", "SUITABLE": "FAILED"}
    with factories.writing():
        assert Check.objects.get(type="SUITABLE").checked_on == dt.date(2026, 3, 7)


def test_a_check_left_empty_is_left_as_it_is(hosting: Hosting) -> None:
    hosting.record(T.EXISTS, status=CheckStatus.IN_PROGRESS, checked_on=None, comment="Rang twice")
    _send(hosting, {_name(hosting, T.SUITABLE): "PASSED"})
    assert _stored(hosting) == {"EXISTS": "IN_PROGRESS", "SUITABLE": "PASSED"}
    _send(hosting, {_name(hosting, T.EXISTS): "PASSED"})
    with factories.writing():
        assert Check.objects.get(type="EXISTS").comment == "Rang twice"


def test_what_is_done_and_what_failed_is_not_asked_again(hosting: Hosting) -> None:
    failed = {"status": CheckStatus.FAILED, "checked_on": TODAY, "failure_reason": "NOT_RESIDENTIAL"}
    hosting.record(T.EXISTS, **failed)
    hosting.record(T.SUITABLE)
    text = main_of(signed_in(hosting.user).get(_url(hosting)))
    assert HEADINGS[T.EXISTS] not in text and HEADINGS[T.SUITABLE] not in text and HEADINGS[T.SPONSOR] in text


def test_a_basic_check_that_is_not_deep_enough_is_open(hosting: Hosting) -> None:
    hosting.record(T.SPONSOR)
    assert HEADINGS[T.SPONSOR] not in main_of(signed_in(hosting.user).get(_url(hosting)))
    factories.person(hosting.household, "Ivan Koval", birth_date=TODAY)
    text = main_of(signed_in(hosting.user).get(_url(hosting)))
    assert HEADINGS[T.SPONSOR] in text and "Now: Passed" in text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"status": "EVERY_CHECK"}, f"{HEADINGS[T.SPONSOR]}: Choose the level of the DBS check."),
        (ALL | {"checked_on": ""}, f"{HEADINGS[T.ARRIVED]}: Enter the date of the outcome."),
        (ALL | {"checked_on": "2126-03-07"}, "The date must be today or earlier."),
        ({T.SUITABLE: "FAILED"}, f"{HEADINGS[T.SUITABLE]}: Choose why the check failed."),
        ({T.ARRIVED: "?"}, f"{HEADINGS[T.ARRIVED]}: Choose one of the answers for: How far is the check?"),
        ({}, "Choose the outcome of at least one check."),
    ],
)
def test_what_is_missing_names_the_check_and_nothing_is_saved(
    hosting: Hosting, values: dict[Any, str], sentence: str
) -> None:
    named = {_name(hosting, key) if isinstance(key, CheckType) else key: value for key, value in values.items()}
    answer = _send(hosting, named)
    assert answer.status_code == 200 and sentence in main_of(answer)
    assert "There is a problem" in main_of(answer) and _stored(hosting) == {}


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"comment": "Rang twice"}, "Choose how far the check is"),
        ({"status": "PASSED", "checked_on_day": "7", "checked_on_month": "3"}, "Another date must include a year"),
        ({"status": "FAILED", "failure_reason": "OTHER", "checked_on": "2026-03-07"}, "Say what the reason is."),
        ({"status": "PASSED", "checked_on": "2126-03-07", "dbs_level": "BASIC"}, "The date must be today or earlier."),
    ],
)
def test_what_is_said_of_one_check_is_looked_at_as_on_its_own_page(
    hosting: Hosting, parts: dict[str, str], sentence: str
) -> None:
    answer = _send(hosting, {_name(hosting, T.SPONSOR, part): value for part, value in parts.items()})
    assert f"{HEADINGS[T.SPONSOR]}: {sentence}" in main_of(answer) and _stored(hosting) == {}
    kept = answer.context["form"].data
    assert all(kept[_name(hosting, T.SPONSOR, part)] == value for part, value in parts.items())


def test_one_wrong_answer_saves_none_of_them(hosting: Hosting) -> None:
    _send(
        hosting, BEFORE | {_name(hosting, T.ARRIVED): "PASSED", _name(hosting, T.ARRIVED, "checked_on"): "2126-01-01"}
    )
    assert _stored(hosting) == {} and hosting.status() == ""


def test_whoever_was_faster_is_named_and_nothing_typed_is_lost(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    mine = _opened(client, hosting) | {
        _name(hosting, T.EXISTS): "NOT_AVAILABLE",
        _name(hosting, T.EXISTS, "comment"): "Nobody there",
        _name(hosting, T.SUITABLE): "PASSED",
    }
    hosting.record(T.EXISTS)
    answer = client.post(_url(hosting), mine)
    assert f"{HEADINGS[T.EXISTS]}: Somebody else recorded it meanwhile: Passed." in main_of(answer)
    assert "Nobody there" in answer.content.decode() and _stored(hosting) == {"EXISTS": "PASSED"}
    form = answer.context["form"]
    again = {name: posted(form[name].value()) for name in form.fields}
    assert client.post(_url(hosting), again).status_code == 302
    assert _stored(hosting) == {"EXISTS": "NOT_AVAILABLE", "SUITABLE": "PASSED"}


def test_what_somebody_else_recorded_meanwhile_does_not_hold_up_another_check(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    mine = _opened(client, hosting) | {_name(hosting, T.EXISTS): "PASSED"}
    hosting.record(T.ARRIVED)
    hosting.record(T.SUITABLE, status="IN_PROGRESS", checked_on=None, comment="Booked")
    assert client.post(_url(hosting), mine).status_code == 302
    assert _stored(hosting) == {"ARRIVED": "PASSED", "EXISTS": "PASSED", "SUITABLE": "IN_PROGRESS"}


def test_an_answer_for_all_does_not_touch_what_somebody_else_recorded_meanwhile(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    mine = _opened(client, hosting) | BEFORE
    hosting.record(T.EXISTS, status="FAILED", failure_reason="NO_SUCH_ADDRESS")
    answer = client.post(_url(hosting), mine, follow=True)
    assert f"so they were left as they are: {HEADINGS[T.EXISTS]}." in main_of(answer)
    assert _stored(hosting) == {"EXISTS": "FAILED", "SPONSOR": "PASSED", "SUITABLE": "PASSED"}


def test_where_somebody_else_recorded_all_of_them_the_page_says_so(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    mine = _opened(client, hosting) | ALL
    for type_ in T:
        hosting.record(type_)
    assert "Somebody else recorded these checks meanwhile." in main_of(client.post(_url(hosting), mine))


def test_a_check_of_somebody_elses_address_cannot_be_slipped_in(hosting: Hosting) -> None:
    other = hosting.at(address=factories.address(factories.sponsor(hosting.council)))
    slipped = {_name(other, T.EXISTS): "PASSED", _name(other, T.EXISTS, "version"): "0"}
    answer = _send(hosting, ALL | slipped)
    assert "is not one of this household any more" in main_of(answer) and _stored(hosting) == {}


def test_every_sponsor_has_a_level_of_their_own_if_need_be(hosting: Hosting) -> None:
    other = factories.sponsor(hosting.council, "Huw Rees")
    factories.sponsorship(hosting.household, other, hosting.address)
    _send(hosting, ALL | {f"sponsor-{other.pk}-dbs_level": "BASIC"})
    with factories.writing():
        levels = {check.sponsor_id: check.dbs_level for check in Check.objects.filter(type="SPONSOR")}
    assert levels == {hosting.sponsor.pk: "ENHANCED", other.pk: "BASIC"}


def test_the_arrival_has_the_day_that_the_household_has(hosting: Hosting) -> None:
    day = dt.date(2026, 3, 7)
    with factories.writing():
        Household.objects.filter(pk=hosting.household.pk).update(arrived_on=day)
    _send(hosting, ALL)
    with factories.writing():
        assert {check.type: check.checked_on for check in Check.objects.all()} == dict.fromkeys(T, TODAY) | {
            "ARRIVED": day
        }


def test_where_only_the_arrival_is_open_nothing_is_said_of_leaving_it_out(hosting: Hosting) -> None:
    _send(hosting, BEFORE)
    text = main_of(signed_in(hosting.user).get(_url(hosting)))
    assert "All of them" in text and "the arrival too" not in text and "except the arrival" not in text


def test_the_page_says_because_of_whom_a_check_has_to_be_enhanced(hosting: Hosting) -> None:
    factories.person(hosting.household, "Ivan Koval", birth_date=TODAY)
    text = main_of(signed_in(hosting.user).get(_url(hosting)))
    assert "must be Enhanced, because a guest is under 18: Ivan Koval." in text


@pytest.mark.rule("ORG-031")
def test_another_council_finds_no_such_page(hosting: Hosting) -> None:
    stranger = signed_in(factories.member(factories.organisation(), Role.CASEWORKER))
    assert stranger.get(_url(hosting)).status_code == 404
    assert stranger.post(_url(hosting), ALL).status_code == 404


@pytest.mark.rule("ORG-030")
def test_who_may_not_see_what_a_dbs_check_found_gets_the_other_checks(hosting: Hosting) -> None:
    champion = factories.member(hosting.council, Role.DATA_CHAMPION)
    text = main_of(signed_in(champion).get(_url(hosting)))
    assert HEADINGS[T.EXISTS] in text and HEADINGS[T.SPONSOR] not in text and "Level" not in text
    _send(hosting, {"status": "EVERY_CHECK"}, champion)
    assert _stored(hosting) == dict.fromkeys(["ARRIVED", "EXISTS", "SUITABLE"], "PASSED")


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_records_what_it_works_on(hosting: Hosting) -> None:
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(hosting.council,))
    officer = signed_in(factories.member(centre, Role.CONTACT_CENTRE_OFFICER))
    assert officer.get(_url(hosting)).status_code == 409
    others = hosting.at(household=factories.household(hosting.council, route="SS"))
    factories.sponsorship(others.household, hosting.sponsor, hosting.address)
    text = main_of(officer.get(_url(others)))
    assert HEADINGS[T.ARRIVED] in text and HEADINGS[T.SPONSOR] not in text


def test_a_closed_record_of_a_sponsor_takes_no_checks_here_either(hosting: Hosting) -> None:
    with factories.writing():
        type(hosting.sponsor.case).objects.filter(pk=hosting.sponsor.case_id).update(status="CLOSED", closed_on=TODAY)
    text = main_of(signed_in(hosting.user).get(_url(hosting)))
    assert HEADINGS[T.SUITABLE] in text and HEADINGS[T.EXISTS] not in text


def test_a_draft_comes_back(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    autosave_url = client.get(_url(hosting)).context["autosave_url"]
    typed = _opened(client, hosting) | {_name(hosting, T.EXISTS, "comment"): "Rang twice"}
    assert client.post(autosave_url, typed).status_code in (200, 204)
    assert "Rang twice" in client.get(_url(hosting)).content.decode()


def test_the_page_takes_the_same_queries_however_many_checks(hosting: Hosting) -> None:
    def count() -> int:
        client = signed_in(hosting.user)
        client.get(_url(hosting))
        with CaptureQueriesContext(connections["default"]) as found:
            assert client.get(_url(hosting)).status_code == 200
        return len(found)

    before = count()
    for number in range(3):
        sponsor = factories.sponsor(hosting.council, f"Huw Nr{number}")
        factories.sponsorship(hosting.household, sponsor, factories.address(sponsor, f"{number} High Street"))
    assert count() == before
