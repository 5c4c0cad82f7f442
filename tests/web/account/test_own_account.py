"""One's own account: language, second factors, and acting for another organisation."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from tests import factories
from tests.web.account.people import Person, lines, text_of


def test_the_page_shows_what_there_is_to_change(mari: Person) -> None:
    mari.sign_in()
    page = text_of(mari.browser.get("/account/"))
    for words in ("Mari Evans", "Gwynedd Council", "Authenticator app", "Add a passkey", "Change your password"):
        assert words in page
    assert "Change organisation" not in page


def test_the_language_of_the_account_is_that_of_its_pages_and_stays(
    mari: Person, clock: time_machine.Traveller
) -> None:
    mari.sign_in()
    mari.browser.post("/account/", {"language": "cy"})
    mari.user.refresh_from_db()
    assert mari.user.language == "cy"
    assert mari.browser.get("/account/").headers["Content-Language"] == "cy"
    mari.browser.post("/sign-out/")
    clock.shift(30)
    mari.sign_in()
    assert mari.browser.get("/account/").headers["Content-Language"] == "cy"
    assert mari.browser.post("/account/", {"language": "fr"}).status_code == 200


@pytest.mark.rule("ORG-002")
def test_somebody_with_two_organisations_acts_for_one_at_a_time(
    make_person: Callable[..., Person], council: Any
) -> None:
    other = factories.organisation(name_en="Ynys Mon Council")
    ivan = make_person()
    factories.membership(ivan.user, other)
    ivan.sign_in()
    assert "Gwynedd Council" in text_of(ivan.browser.get("/account/"))
    key = ivan.browser.session.session_key
    answer = ivan.browser.post("/account/organisation/", {"organisation": other.pk})
    assert answer.headers["Location"] == "/"
    page = text_of(ivan.browser.get("/account/"))
    assert "Ynys Mon Council" in page
    assert ivan.browser.session.session_key != key
    noted = lines("organisation.switched")
    assert {line.organisation_id for line in noted} == {council.pk, other.pk}
    assert all(line.detail == {"left": council.pk, "entered": other.pk} for line in noted)


def test_nobody_switches_to_an_organisation_that_is_not_theirs(mari: Person) -> None:
    stranger = factories.organisation()
    mari.sign_in()
    assert mari.browser.post("/account/organisation/", {"organisation": stranger.pk}).status_code == 200
    assert "Gwynedd Council" in text_of(mari.browser.get("/account/"))
    assert lines("organisation.switched") == []


def test_a_membership_that_ended_is_left_at_the_next_request(make_person: Callable[..., Person]) -> None:
    other = factories.organisation(name_en="Ynys Mon Council")
    ivan = make_person()
    held = factories.membership(ivan.user, other)
    ivan.sign_in()
    ivan.browser.post("/account/organisation/", {"organisation": other.pk})
    with factories.writing():
        type(held).objects.filter(pk=held.pk).update(ends_on="2022-04-01")
    assert "Gwynedd Council" in text_of(ivan.browser.get("/account/"))
