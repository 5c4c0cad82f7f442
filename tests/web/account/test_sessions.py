"""Sessions end by themselves, when their owner says so, and when the account is closed."""

from collections.abc import Callable

import pytest
import time_machine

from tests.factories import writing
from tests.web.account.people import Browser, Person, lines, text_of

MINUTE = 60
HOUR = 60 * MINUTE


def test_fifteen_minutes_without_a_page_end_a_session(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    clock.shift(14 * MINUTE + 59)
    assert mari.is_in()
    clock.shift(15 * MINUTE)
    answer = mari.browser.get("/account/")
    assert answer.headers["Location"] == "/sign-in/?next=%2Faccount%2F"
    assert "signed out because this page was not used" in text_of(mari.browser.get("/sign-in/"))
    assert [line.detail["reason"] for line in lines("session.ended")] == ["IDLE"]


def test_the_warning_on_the_page_never_promises_more_than_the_server_keeps(
    mari: Person, clock: time_machine.Traveller, settings
) -> None:
    mari.sign_in()
    clock.shift(59)
    page = mari.browser.get("/account/").content.decode()
    promised = int(page.partition('data-idle-seconds="')[2].partition('"')[0])
    clock.shift(promised)
    assert mari.is_in()
    assert promised >= settings.IDLE_SECONDS - MINUTE


def test_pressing_stay_signed_in_starts_the_clock_again(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    for _ in range(4):
        clock.shift(14 * MINUTE)
        assert mari.browser.post("/session/extend/").status_code == 204
    assert mari.is_in()
    assert mari.browser.get("/session/extend/").status_code == 405


def test_it_does_not_revive_a_session_that_has_ended(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    clock.shift(15 * MINUTE)
    assert mari.browser.post("/session/extend/").status_code == 302
    assert not mari.is_in()


def test_twelve_hours_end_a_session_however_much_it_is_used(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    for _ in range(12 * 6 - 1):
        clock.shift(10 * MINUTE)
        assert mari.is_in()
    clock.shift(10 * MINUTE)
    assert not mari.is_in()
    assert [line.detail["reason"] for line in lines("session.ended")] == ["TOO_OLD"]


def test_a_half_made_session_ends_as_well(make_person: Callable[..., Person], clock: time_machine.Traveller) -> None:
    ivan = make_person(has_app=False)
    ivan.give_password()
    clock.shift(15 * MINUTE)
    assert ivan.browser.get("/account/second-factor/").headers["Location"].startswith("/sign-in/")


def test_the_second_factor_must_follow_the_first_within_fifteen_minutes(
    mari: Person, clock: time_machine.Traveller
) -> None:
    mari.give_password()
    clock.shift(15 * MINUTE + 1)
    assert mari.give_code().headers["Location"] == "/sign-in/"
    mari.affirm()
    assert not mari.is_in()


@pytest.mark.parametrize("change", [{}, {"suspended_on": "2027-03-01"}, {"left_on": "2027-03-01"}])
def test_the_next_request_of_a_closed_account_is_refused(mari: Person, change: dict[str, str]) -> None:
    mari.sign_in()
    assert mari.is_in()
    with writing():
        type(mari.user).objects.filter(pk=mari.user.pk).update(is_active=False, **change)
    assert not mari.is_in()
    with writing():
        type(mari.user).objects.filter(pk=mari.user.pk).update(is_active=True, suspended_on=None, left_on=None)
    assert not mari.is_in()
    assert [line.detail["reason"] for line in lines("session.ended")] == ["ACCOUNT"]


def test_the_clock_is_written_at_most_once_a_minute(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    seen = mari.browser.session["seen_at"]
    for _ in range(5):
        clock.shift(10)
        assert mari.is_in()
    assert mari.browser.session["seen_at"] == seen
    clock.shift(10)
    assert mari.is_in()
    assert mari.browser.session["seen_at"] == seen + 60


def test_the_last_day_of_use_is_kept(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    mari.is_in()
    mari.user.refresh_from_db()
    assert str(mari.user.last_seen_on) == "2027-03-01"


def test_an_owner_sees_and_ends_the_other_sessions(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    clock.shift(30)
    phone = Person(mari.user, Browser(headers={"user-agent": "Mozilla/5.0 (Android 16) Firefox/140.0"}))
    phone.sign_in()
    clock.shift(30)
    tablet = Person(
        mari.user, Browser(headers={"user-agent": "Mozilla/5.0 (iPad; CPU OS 18 like Mac OS X) Safari/605"})
    )
    tablet.sign_in()
    page = mari.browser.get("/account/sessions/")
    assert "Firefox, Android" in text_of(page)
    assert "Safari, iPad" in text_of(page)
    of_phone = next(row for row in page.context["sessions"] if row["browser"] == "Firefox, Android")
    mari.browser.post(f"/account/sessions/{of_phone['id']}/end/")
    assert [phone.is_in(), tablet.is_in(), mari.is_in()] == [False, True, True]
    mari.browser.post("/account/sessions/end-others/")
    assert [tablet.is_in(), mari.is_in()] == [False, True]
    assert [line.detail["count"] for line in lines("session.ended_by_owner")] == [1, 1]


def test_nobody_ends_a_strangers_session(mari: Person, make_person: Callable[..., Person]) -> None:
    mari.sign_in()
    session_id = mari.browser.get("/account/sessions/").context["sessions"][0]["id"]
    ivan = make_person()
    ivan.sign_in()
    assert ivan.browser.post(f"/account/sessions/{session_id}/end/").status_code == 404
    assert mari.is_in()


def test_a_page_that_fails_after_the_clock_was_written_is_still_a_404(
    mari: Person, clock: time_machine.Traveller
) -> None:
    """The session is saved although the transaction of the request is rolled back."""
    mari.sign_in()
    clock.shift(2 * MINUTE)
    assert mari.browser.post("/account/sessions/999999/end/").status_code == 404
    assert mari.is_in()
