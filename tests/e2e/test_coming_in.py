"""Coming in, staying, leaving."""

import re

import pytest
from playwright.sync_api import expect

from opensponsor.identity.roles import Role
from tests.e2e import people, steps


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request):
    return request.param


@pytest.fixture
def caseworker(site):
    return people.a_member(people.a_council(), Role.CASEWORKER)


def test_somebody_signs_in_with_a_password_and_a_code(somebody, caseworker, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    steps.signs_in(visitor, caseworker)
    visitor.sees_heading("What needs doing")
    visitor.is_content()


def test_the_page_that_was_asked_for_opens_after_signing_in(somebody, caseworker):
    visitor = somebody()
    visitor.opens("/households/?sort=reference")
    steps.gives_both_factors(visitor, caseworker)
    steps.affirms(visitor)
    visitor.sees_heading("Households")
    assert visitor.path == "/households/?sort=reference"


def test_a_wrong_password_and_a_wrong_code_say_so_and_nothing_more(somebody, caseworker):
    visitor = somebody()
    visitor.opens("/")
    visitor.types("Work email address", caseworker.user.email)
    visitor.types("Password", "not the password")
    visitor.presses("Continue")
    visitor.sees_problem("The email address or the password is wrong")
    expect(visitor.field("Work email address")).to_have_value(caseworker.user.email)
    visitor.types("Password", people.PASSWORD)
    visitor.presses("Continue")
    visitor.types("Code", "000000")
    visitor.presses("Sign in")
    visitor.sees_problem("The code is wrong or was used already")


def test_nothing_opens_without_the_second_factor(somebody, caseworker):
    visitor = somebody()
    visitor.opens("/")
    visitor.types("Work email address", caseworker.user.email)
    visitor.types("Password", people.PASSWORD)
    visitor.presses("Continue")
    for path in ("/", "/households/", "/account/"):
        visitor.opens(path)
        visitor.sees_heading("Second factor")


def test_after_signing_out_the_back_button_shows_nothing(somebody, caseworker, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    household = people.a_household(caseworker, "Zelenko")
    people.comes_in(visitor, caseworker)
    visitor.opens(f"/households/{household.case_id}/")
    visitor.sees_heading("Zelenko")
    visitor.presses("Sign out")
    visitor.sees_heading("Sign in")
    visitor.goes_back()
    visitor.does_not_see("Zelenko")
    visitor.sees_heading("Sign in")


def test_the_language_switch_keeps_the_page_and_what_is_shown(somebody, caseworker, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    people.comes_in(visitor, caseworker)
    visitor.opens("/households/?sort=-reference&size=20")
    visitor.presses("Cymraeg")
    assert visitor.path == "/households/?sort=-reference&size=20"
    expect(visitor.page.locator("html")).to_have_attribute("lang", "cy")
    visitor.opens("/tasks/")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "cy")
    visitor.presses("English")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    assert visitor.path == "/tasks/"


def test_a_passkey_is_made_and_opens_the_door(somebody, caseworker):
    visitor = somebody()
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    steps.signs_in(visitor, caseworker)
    visitor.opens("/account/")
    visitor.presses("Add a passkey")
    visitor.types("Name of the passkey", "Work laptop")
    visitor.presses("Add the passkey")
    visitor.page.wait_for_url(re.compile("/account/(second-factor/codes/)?$"))
    visitor.opens("/account/")
    visitor.sees("Work laptop")
    visitor.presses("Sign out")
    visitor.sees_heading("Sign in")
    visitor.types("Work email address", caseworker.user.email)
    visitor.types("Password", people.PASSWORD)
    visitor.presses("Continue")
    visitor.presses("Use a passkey")
    steps.affirms(visitor)
    visitor.sees_heading("What needs doing")
    visitor.is_content()


def test_a_browser_without_a_passkey_says_what_else_to_do(somebody, caseworker):
    visitor = somebody()
    people.comes_in(visitor, caseworker)
    visitor.page.add_init_script("navigator.credentials.create = () => Promise.reject(new Error('no device'))")
    visitor.opens("/account/second-factor/passkey/")
    visitor.does_not_see("The passkey did not answer")
    visitor.presses("Add the passkey")
    visitor.sees("The passkey did not answer. Try again, or use another way.")
