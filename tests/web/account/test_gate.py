"""Nothing opens without the second factor: every address, by nobody, by a password alone, and before the
statement."""

import re
from collections.abc import Callable

import pytest

from opensponsor.web.access import Level, access_of
from tests import factories
from tests.architecture.ours import addresses
from tests.web.account.people import Browser, Person, lines

# What opens for whom before entry, in words of its own: no reading of what the views declare.
FOR_EVERYBODY = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "language",
    # Access requests and invitations.
    "access_request",
    "access_request_ask",
    "access_request_sent",
    "invitation",
    # What the law wants everybody to read.
    "accessibility",
    "privacy",
    "help",
    "report_problem",
    # Components with invented examples, absent from a live system.
    "gallery:index",
    "gallery:page",
}
WITH_A_PASSWORD = {
    "second_factor",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "statement",
    "no_membership",
    "session_extend",
}
SAMPLES = {"uuid": "018f0000-0000-7000-8000-000000000001", "int": "1", "path": "notes/new"}


def sample(route: str) -> str:
    """An address of this route."""
    if "uidb36" in route:
        return "/password/new/1-abc-def/"
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: SAMPLES.get(part[1], "households"), route)


ADDRESSES = [(name, sample(route)) for name, (route, _view) in addresses().items()]
HIDDEN = [(name, address) for name, address in ADDRESSES if name not in FOR_EVERYBODY]
INSIDE = [(name, address) for name, address in HIDDEN if name not in WITH_A_PASSWORD]


def test_there_is_something_to_test() -> None:
    assert len(INSIDE) > 10
    assert {"account_login", "mfa_authenticate"} <= {name for name, _address in ADDRESSES}


@pytest.mark.rule("ORG-024")
def test_nothing_but_signing_in_answers_to_nobody(db: None) -> None:
    browser = Browser()
    for name, address in HIDDEN:
        for answer in (browser.get(address), browser.post(address, {"text": "x"})):
            assert answer.status_code == 302, (name, answer.status_code)
            assert answer.headers["Location"].startswith("/sign-in/"), name


@pytest.mark.rule("ORG-024")
def test_a_password_alone_opens_nothing(mari: Person) -> None:
    mari.give_password()
    for name, address in HIDDEN:
        for answer in (mari.browser.get(address), mari.browser.post(address, {"text": "x"})):
            assert answer.status_code == 302, (name, answer.status_code)
            assert answer.headers["Location"].startswith("/sign-in/"), name


@pytest.mark.rule("ORG-024")
def test_a_password_without_any_second_factor_set_up_opens_only_setting_one_up(
    make_person: Callable[..., Person],
) -> None:
    ivan = make_person(has_app=False)
    ivan.give_password()
    for name, address in INSIDE:
        for answer in (ivan.browser.get(address), ivan.browser.post(address, {"text": "x"})):
            assert answer.status_code == 302, (name, answer.status_code)
            assert answer.headers["Location"].startswith("/account/second-factor/"), name
    assert lines("sign_in.completed") == []


@pytest.mark.rule("ORG-007")
def test_before_the_statement_nothing_else_opens(mari: Person) -> None:
    mari.give_password()
    mari.give_code()
    for name, address in INSIDE:
        for answer in (mari.browser.get(address), mari.browser.post(address, {"text": "x"})):
            assert answer.status_code == 302, (name, answer.status_code)
            assert answer.headers["Location"].startswith("/sign-in/statement/"), name


def test_what_is_declared_agrees_with_the_lists_above() -> None:
    declared: dict[Level, set[str]] = {level: set() for level in Level}
    for name, (_route, view) in addresses().items():
        access = access_of(view)
        assert access is not None, f"{name} declares nothing and opens for nobody"
        declared[access.level].add(name)
    assert declared[Level.PUBLIC] <= FOR_EVERYBODY
    assert declared[Level.HALFWAY] <= WITH_A_PASSWORD


def test_an_address_that_declares_nothing_opens_for_nobody(mari: Person, settings) -> None:
    settings.ROOT_URLCONF = "tests.web.account.undeclared"
    assert mari.browser.get("/undeclared/").status_code == 404


def test_a_session_that_did_not_come_through_the_sign_in_ends_at_once(mari: Person) -> None:
    with factories.writing():
        mari.browser.force_login(mari.user)
    assert mari.browser.get("/account/").headers["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in mari.browser.session


def test_somebody_without_organisation_is_told_so(make_person: Callable[..., Person]) -> None:
    ivan = make_person(at=None)
    ivan.sign_in()
    assert ivan.browser.get("/account/").headers["Location"] == "/sign-in/no-organisation/"
    assert ivan.browser.get("/sign-in/no-organisation/").status_code == 200
