"""From "I have no account yet" to the first page: four people, one new colleague."""

import email
import email.policy
import re
import time

import pytest

from opensponsor.core import clock
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from tests.e2e import people, steps
from tests.e2e.audit import must_be_sound
from tests.e2e.people import PASSWORD

MAIL_SECONDS = 30


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request):
    return request.param


def _letter_to(site, address):
    """The link in the letter to this address, once the worker has sent it."""
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        for file in site.mail.glob("*") if site.mail.exists() else ():
            for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                letter = email.message_from_bytes(part, policy=email.policy.default)
                if address in str(letter["To"]):
                    return letter
        time.sleep(0.2)
    raise AssertionError(f"No letter to {address} within {MAIL_SECONDS} seconds")


def test_a_new_colleague_comes_in(somebody, site, has_scripts):
    name = f"Joining Council {people.an_address().split('@')[0]}"
    council = people.a_council(name)
    champion = people.a_member(council, Role.DATA_CHAMPION, name="Owen Parry")
    platform = people.an_organisation(
        OrganisationKind.PLATFORM, "Operator", Realm.PLATFORM, reads_realms=[realm.value for realm in Realm]
    )
    administrator = people.a_member(platform, Role.PLATFORM_ADMINISTRATOR, name="Alex Turner")
    address = people.an_address()

    newcomer = somebody(has_scripts=has_scripts)
    _asks(newcomer, name, address)
    _champion_vouches(somebody(has_scripts=has_scripts), champion)
    _administrator_creates(somebody(has_scripts=has_scripts), administrator, name)
    _opens_the_account(newcomer, _letter_to(site, address))
    _sets_up_an_app(newcomer, address)
    must_be_sound(newcomer, "data-statement")
    steps.affirms(newcomer)
    newcomer.sees_heading("What needs doing")
    newcomer.presses("Households")
    newcomer.sees("No household fits")
    newcomer.is_content()


def _asks(visitor, organisation, address):
    visitor.opens("/")
    visitor.presses("I have no account yet")
    visitor.types("Name of the organisation", organisation[:20])
    visitor.presses("Find")
    visitor.presses(organisation)
    visitor.types("Full name", "Nia Newcomer")
    visitor.types("Work email address", "nia")
    visitor.types("What do you need access for?", "I find homes for families who arrive.")
    visitor.presses("Send the request")
    visitor.sees_problem(re.compile("email address", re.IGNORECASE))
    must_be_sound(visitor, "access-ask-wrong")
    visitor.types("Work email address", address)
    visitor.presses("Send the request")
    visitor.sees_heading("Your request was sent")
    must_be_sound(visitor, "access-sent")


def _champion_vouches(visitor, champion):
    people.comes_in(visitor, champion)
    visitor.opens("/")
    visitor.presses(re.compile("^Access requests"), within=visitor.page.locator(".os-menu"))
    visitor.presses("Nia Newcomer")
    visitor.sees("I find homes for families who arrive.")
    visitor.presses("Vouch")
    visitor.sees_problem("Confirm that they have been trained")
    must_be_sound(visitor, "vouch-wrong")
    for box in (
        "I have checked that this work account exists",
        "They know how to use the platform and where to get help",
        "They have been trained, in the test system",
    ):
        visitor.ticks(box)
    visitor.types_date("Day of the training", clock.today().isoformat())
    visitor.presses("Vouch")
    visitor.sees_message("You vouched for Nia Newcomer")


def _administrator_creates(visitor, administrator, organisation):
    people.comes_in(visitor, administrator)
    visitor.opens("/")
    visitor.presses(re.compile("^Requests for accounts"), within=visitor.page.locator(".os-menu"))
    row = visitor.page.locator("tr", has_text=organisation)
    visitor.presses("Nia Newcomer", within=row)
    visitor.sees("Owen Parry")
    visitor.ticks("Caseworker")
    visitor.presses("Make the account")
    visitor.sees_message("The account of Nia Newcomer was made")


def _opens_the_account(visitor, letter):
    text = letter.get_body().get_content()
    assert "Nia" not in str(letter["Subject"])
    link = re.search(r"/invitation/\S+", text)
    assert link, text
    visitor.opens(link[0])
    visitor.sees_heading("Open your account")
    visitor.types("Password", "password")
    visitor.presses("Open the account")
    visitor.sees_problem("The password must have 15 characters or more")
    must_be_sound(visitor, "invitation-wrong")
    visitor.types("Password", PASSWORD)
    visitor.presses("Open the account")
    visitor.sees_heading("Sign in")
    visitor.sees_message("Your account is open")
    must_be_sound(visitor, "sign-in-after-invitation")


def _sets_up_an_app(visitor, address):
    visitor.types("Work email address", address)
    visitor.types("Password", PASSWORD)
    visitor.presses("Continue")
    visitor.sees_heading("Set up your second factor")
    visitor.opens("/households/")
    visitor.sees_heading("Set up your second factor")
    must_be_sound(visitor, "second-factor-choose")
    visitor.presses("Set up an app")
    must_be_sound(visitor, "app-set-up")
    visitor.unfolds("I cannot use the camera")
    secret = visitor.page.locator(".os-key").inner_text()
    visitor.types("Code from the app", people.code_of(secret))
    visitor.presses("Continue")
    visitor.sees_heading("Recovery codes")
    must_be_sound(visitor, "recovery-codes")
    assert visitor.page.locator(".os-codes li").count() >= 8
    visitor.presses("I have kept the codes")
