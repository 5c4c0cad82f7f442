"""Coming in: both factors, then the data statement, then the pages."""

from collections.abc import Callable

import pytest
import time_machine

from tests.web.account.people import Browser, Person, code_now, lines, text_of


@pytest.mark.rule("ORG-007", "ORG-024")
def test_both_factors_and_the_statement_lead_to_the_pages(mari: Person) -> None:
    assert mari.give_password().headers["Location"] == "/sign-in/code/"
    assert not mari.is_in()
    assert mari.give_code().headers["Location"] == "/"
    assert mari.browser.get("/account/").headers["Location"] == "/sign-in/statement/?next=%2Faccount%2F"
    assert mari.affirm().headers["Location"] == "/"
    assert mari.is_in()
    assert [len(lines(code)) for code in ("sign_in.completed", "statement.accepted")] == [1, 1]
    mari.user.refresh_from_db()
    assert mari.user.statement_accepted_at is not None
    assert mari.user.last_seen_on is not None


@pytest.mark.rule("ORG-007")
def test_nobody_enters_without_affirming_the_statement(mari: Person) -> None:
    mari.give_password()
    mari.give_code()
    page = mari.browser.post("/sign-in/statement/", {})
    assert "Tick the box to enter" in text_of(page)
    assert not mari.is_in()
    assert lines("statement.accepted") == []


@pytest.mark.rule("ORG-007")
def test_the_statement_is_asked_for_in_every_session(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    mari.browser.post("/sign-out/")
    clock.shift(60)
    mari.give_password()
    mari.give_code()
    assert not mari.is_in()


def test_the_page_that_was_asked_for_comes_after_signing_in(mari: Person) -> None:
    start = mari.browser.get("/account/sessions/").headers["Location"]
    assert start == "/sign-in/?next=%2Faccount%2Fsessions%2F"
    mari.give_password(next_page="/account/sessions/")
    assert mari.give_code().headers["Location"] == "/account/sessions/"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", "https:evil.example"],
)
def test_nobody_is_led_to_another_site(mari: Person, address: str) -> None:
    mari.give_password(next_page=address)
    assert mari.give_code().headers["Location"] == "/"
    fields = {"accepted": "on", "next": address}
    assert mari.browser.post("/sign-in/statement/", fields).headers["Location"] == "/"


@pytest.mark.rule("ORG-024")
def test_somebody_new_sets_up_a_second_factor_before_anything_opens(make_person: Callable[..., Person]) -> None:
    ivan = make_person(has_app=False)
    ivan.give_password()
    assert ivan.browser.get("/account/").headers["Location"].startswith("/account/second-factor/")
    assert ivan.affirm().headers["Location"] == "/account/second-factor/"
    page = ivan.browser.get("/account/second-factor/app/")
    seed = page.context["form"].secret
    assert "<svg" in page.content.decode()
    former = ivan.browser.session.session_key
    done = ivan.browser.post("/account/second-factor/app/", {"code": code_now(seed)})
    assert done.headers["Location"] == "/account/second-factor/codes/"
    assert ivan.browser.session.session_key != former
    codes = ivan.browser.get("/account/second-factor/codes/").context["unused_codes"]
    assert len(codes) == 10
    assert "****" in ivan.browser.get("/account/second-factor/codes/").context["unused_codes"]
    ivan.affirm()
    assert ivan.is_in()
    assert len(lines("second_factor.app_added")) == 1


def test_a_wrong_first_code_sets_up_nothing(make_person: Callable[..., Person]) -> None:
    ivan = make_person(has_app=False)
    ivan.give_password()
    ivan.browser.get("/account/second-factor/app/")
    page = ivan.browser.post("/account/second-factor/app/", {"code": "000000"})
    assert "The code is wrong" in text_of(page)
    assert ivan.affirm().headers["Location"] == "/account/second-factor/"


@pytest.mark.rule("ORG-024")
def test_a_session_from_before_the_second_factor_was_set_up_elsewhere_must_give_it(mari: Person) -> None:
    """A password-only session must not add a factor of its own beside the one its owner has set up meanwhile."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    mari.give_password()
    assert mari.browser.get("/account/second-factor/").status_code == 200
    elsewhere = Person(mari.user, Browser())
    elsewhere.give_password()
    seed = elsewhere.browser.get("/account/second-factor/app/").context["form"].secret
    elsewhere.browser.post("/account/second-factor/app/", {"code": code_now(seed)})
    for address in ("/account/second-factor/app/", "/account/second-factor/passkey/"):
        for answer in (mari.browser.get(address), mari.browser.post(address, {"code": "1", "credential": "{}"})):
            assert answer.headers["Location"] == "/account/second-factor/"
    assert mari.browser.get("/account/second-factor/codes/").status_code == 404
    assert mari.browser.get("/account/second-factor/").headers["Location"] == "/account/prove/code/"
    assert not mari.is_in()


def test_the_same_session_is_complete_once_it_gives_the_factor(mari: Person, clock: time_machine.Traveller) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    mari.give_password()
    elsewhere = Person(mari.user, Browser())
    elsewhere.give_password()
    seed = elsewhere.browser.get("/account/second-factor/app/").context["form"].secret
    elsewhere.browser.post("/account/second-factor/app/", {"code": code_now(seed)})
    clock.shift(60)
    mari.browser.post("/account/prove/code/", {"code": code_now(seed)})
    mari.affirm()
    assert mari.is_in()


@pytest.mark.parametrize("state", [{"suspended_on": "2027-02-01"}, {"left_on": "2027-02-01"}, {}])
def test_a_closed_account_is_told_so_only_after_the_right_password(
    make_person: Callable[..., Person], state: dict[str, object]
) -> None:
    ivan = make_person(is_active=False, **state)
    assert "address or the password is wrong" in text_of(ivan.give_password("wrong wrong wrong wrong"))
    assert ivan.give_password().headers["Location"] == "/sign-in/closed/"
    assert not ivan.is_in()
    assert "Your account is closed" in text_of(ivan.browser.get("/sign-in/closed/"))
    assert [line.actor for line in lines("sign_in.closed")] == [str(ivan.user.pk)]


def test_an_account_closed_between_the_factors_does_not_come_in(mari: Person) -> None:
    from tests.factories import writing

    mari.give_password()
    with writing():
        type(mari.user).objects.filter(pk=mari.user.pk).update(is_active=False, suspended_on="2027-03-01")
    assert mari.give_code().headers["Location"] == "/sign-in/closed/"
    assert not mari.is_in()


def test_half_way_in_one_may_start_again_with_another_account(mari: Person) -> None:
    mari.give_password()
    assert mari.browser.get("/sign-in/").headers["Location"] == "/sign-in/code/"
    mari.browser.post("/sign-out/")
    assert mari.browser.get("/sign-in/").status_code == 200


def test_signing_out_ends_the_session_and_empties_the_browser(mari: Person) -> None:
    mari.sign_in()
    assert "Do you want to sign out?" in text_of(mari.browser.get("/sign-out/"))
    assert mari.is_in()
    left = mari.browser.post("/sign-out/")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not mari.is_in()
    assert len(lines("sign_out.completed")) == 1


def test_the_key_of_the_session_changes_with_every_step(mari: Person) -> None:
    mari.browser.get("/sign-in/")
    keys = [mari.browser.session.session_key]
    mari.give_password()
    keys.append(mari.browser.session.session_key)
    mari.give_code()
    keys.append(mari.browser.session.session_key)
    assert keys[2] not in keys[:2]


@pytest.mark.parametrize(
    "address", ["/sign-up/", "/signup/", "/account/signup/", "/account/email/", "/accounts/signup/"]
)
def test_nobody_makes_an_account_of_their_own(mari: Person, address: str) -> None:
    assert mari.browser.get(address).status_code == 404
    assert mari.browser.post(address, {"email": "new@example.test", "password1": "x" * 20}).status_code == 404
