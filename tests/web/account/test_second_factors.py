"""Codes that work once, seeds that nobody can read, and a last factor that stays."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connections

from opensponsor.identity.services import second_factors
from tests.web.account.people import SEED, Browser, Person, code_now, lines, text_of


def make_passkey(person: Person) -> Authenticator:
    """A passkey as it lies in the table; nothing answers for it."""
    data = {"name": "Laptop", "credential": {}}
    return Authenticator.objects.create(user=person.user, type=Authenticator.Type.WEBAUTHN, data=data)


@pytest.mark.rule("ORG-024", "ORG-025")
@pytest.mark.parametrize("later", [0, 1, 10, 25, 30, 60, 90])
def test_a_code_is_accepted_once(mari: Person, clock: time_machine.Traveller, later: int) -> None:
    code = code_now()
    mari.give_password()
    assert mari.give_code(code).headers["Location"] == "/"
    clock.shift(later)
    thief = Person(mari.user, Browser())
    thief.give_password()
    assert "wrong or was used already" in text_of(thief.give_code(code))
    assert not thief.is_in()
    assert len(lines("second_factor.failed")) == 1


@pytest.mark.parametrize("shift", [-31, 31])
def test_a_code_of_another_half_minute_is_refused(mari: Person, clock: time_machine.Traveller, shift: int) -> None:
    code = code_now()
    clock.shift(shift)
    mari.give_password()
    assert "wrong or was used already" in text_of(mari.give_code(code))


def test_the_code_that_set_up_the_app_does_not_sign_in(make_person: Callable[..., Person], clock: object) -> None:
    ivan = make_person(has_app=False)
    ivan.give_password()
    seed = ivan.browser.get("/account/second-factor/app/").context["form"].secret
    ivan.browser.post("/account/second-factor/app/", {"code": code_now(seed)})
    again = Person(ivan.user, Browser(), seed)
    again.give_password()
    assert "wrong or was used already" in text_of(again.give_code())


REPLAY = """
import sys, django, time_machine
django.setup()
time_machine.travel("2027-03-01 09:00:05Z", tick=False).start()
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.models import Authenticator
from opensponsor.identity.services import second_factors
authenticator = Authenticator(user_id=int(sys.argv[1]), type="totp", data={"secret": second_factors.seal(sys.argv[2])})
print(TOTP(authenticator).validate_code(sys.argv[3]))
"""


@pytest.mark.committed
@pytest.mark.rule("ORG-024")
def test_a_code_used_in_one_process_is_used_up_in_every_other(clock: object, settings) -> None:
    answers = [
        subprocess.run(
            [sys.executable, "-c", REPLAY, user, SEED, code_now()],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout.strip()
        for user in ("1", "1", "2")
    ]
    assert answers == ["True", "False", "True"]
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


def test_five_wrong_codes_are_enough(mari: Person, clock: time_machine.Traveller) -> None:
    mari.give_password()
    for _ in range(5):
        assert "wrong or was used already" in text_of(mari.give_code("000000"))
    assert "too many wrong tries" in text_of(mari.give_code())
    assert [len(lines(f"second_factor.{word}")) for word in ("failed", "locked")] == [5, 1]
    clock.shift(15 * 60)
    mari.browser.post("/sign-out/")
    mari.give_password()
    assert mari.give_code().headers["Location"] == "/"


def recovery_codes(person: Person) -> list[str]:
    page = person.browser.post("/account/second-factor/codes/new/", follow=True)
    return list(page.context["unused_codes"])


def test_a_recovery_code_lets_in_once(mari: Person) -> None:
    mari.sign_in()
    codes = recovery_codes(mari)
    assert len(set(codes)) == 10
    mari.browser.post("/sign-out/")
    mari.give_password()
    assert mari.give_code(f"{codes[3][:4]} {codes[3][4:]}").headers["Location"] == "/"
    mari.browser.post("/sign-out/")
    mari.give_password()
    assert "wrong or was used already" in text_of(mari.give_code(codes[3]))
    assert mari.give_code(codes[4]).headers["Location"] == "/"


def test_new_recovery_codes_end_the_old_ones(mari: Person) -> None:
    mari.sign_in()
    old, new = recovery_codes(mari), recovery_codes(mari)
    assert not set(old) & set(new)
    mari.browser.post("/sign-out/")
    mari.give_password()
    mari.give_code(old[0])
    mari.affirm()
    assert not mari.is_in()
    assert len(lines("second_factor.codes_renewed")) == 2


def test_codes_are_shown_once_and_never_handed_out_as_a_file(mari: Person) -> None:
    mari.sign_in()
    codes = recovery_codes(mari)
    page = mari.browser.get("/account/second-factor/codes/")
    assert not any(code in page.content.decode() for code in codes)
    assert "shown only once" in text_of(page)
    assert mari.browser.get("/account/second-factor/codes/download/").status_code == 404


def test_no_seed_and_no_code_lies_in_the_database_in_clear(mari: Person, make_person: Callable[..., Person]) -> None:
    mari.sign_in()
    codes = recovery_codes(mari)
    ivan = make_person(has_app=False)
    ivan.give_password()
    waiting = ivan.browser.get("/account/second-factor/app/").context["form"].secret
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    sessions = json.dumps([dict(person.browser.session) for person in (mari, ivan)])
    assert "s1." in stored
    for secret in (SEED, waiting, *codes):
        assert secret not in stored + sessions
    seed = Authenticator.objects.get(user=mari.user, type="totp").data["secret"]
    assert second_factors.unseal(seed) == SEED


@pytest.mark.rule("ORG-024")
def test_the_last_second_factor_cannot_be_removed(mari: Person) -> None:
    mari.sign_in()
    page = mari.browser.post("/account/second-factor/app/remove/")
    assert "only second factor" in text_of(page)
    passkey = make_passkey(mari)
    Authenticator.objects.filter(type="totp").delete()
    page = mari.browser.post(f"/account/second-factor/passkey/{passkey.pk}/remove/", follow=True)
    assert "only second factor" in text_of(page)
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_one_of_two_factors_may_go(mari: Person) -> None:
    mari.sign_in()
    passkey = make_passkey(mari)
    mari.browser.post("/account/second-factor/app/remove/")
    assert [factor.pk for factor in second_factors.factors_of(mari.user)] == [passkey.pk]
    assert len(lines("second_factor.app_removed")) == 1


def test_nobody_touches_a_strangers_passkey(mari: Person, make_person: Callable[..., Person]) -> None:
    passkey = make_passkey(mari)
    ivan = make_person()
    ivan.sign_in()
    make_passkey(ivan)
    for act in ("", "remove/"):
        address = f"/account/second-factor/passkey/{passkey.pk}/{act}"
        assert ivan.browser.get(address).status_code == 404
        assert ivan.browser.post(address, {"name": "mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


SENSITIVE = [
    "/account/second-factor/app/remove/",
    "/account/second-factor/codes/new/",
    "/account/second-factor/passkey/",
    "/account/second-factor/codes/",
]


@pytest.mark.parametrize("address", SENSITIVE)
def test_sensitive_acts_ask_again_five_minutes_after_signing_in(
    mari: Person, clock: time_machine.Traveller, address: str
) -> None:
    mari.sign_in()
    make_passkey(mari)
    recovery_codes(mari)
    codes_made = len(lines("second_factor.codes_renewed"))
    clock.shift(299)
    Authenticator.objects.filter(type="webauthn").delete()
    assert mari.browser.get(address).status_code == 200
    clock.shift(1)
    if address != "/account/second-factor/codes/":
        assert mari.browser.post(address).headers["Location"].startswith("/account/prove/password/?next=")
    asked = mari.browser.get(address)
    assert asked.headers["Location"].startswith("/account/prove/password/?next=")
    wrong = mari.browser.post(asked.headers["Location"], {"password": "wrong wrong wrong wrong"})
    assert "The password is wrong" in text_of(wrong)
    right = mari.browser.post(asked.headers["Location"], {"password": "penknife gravel tulip bench", "next": address})
    assert right.headers["Location"] == address
    done = lines("second_factor.app_removed") + lines("second_factor.codes_renewed")[codes_made:]
    assert not done, "what was sent before the proof must not be done unseen"
    assert mari.browser.get(address).status_code == 200


def test_proof_by_code_works_as_well(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    clock.shift(600)
    fields = {"code": code_now(), "next": "/account/second-factor/codes/new/"}
    assert mari.browser.post("/account/prove/code/", fields).headers["Location"] == fields["next"]
    assert mari.browser.get(fields["next"]).status_code == 200


def test_adding_a_passkey_asks_the_browser_with_a_new_challenge(mari: Person) -> None:
    mari.sign_in()
    pages = [mari.browser.get("/account/second-factor/passkey/") for _ in range(2)]
    options = [json.loads(page.context["passkey_options"])["publicKey"] for page in pages]
    assert options[0]["challenge"] != options[1]["challenge"]
    assert options[0]["rp"] == {"id": "testserver", "name": "OpenSponsor"}
    assert 'data-passkey="create"' in pages[0].content.decode()


@pytest.mark.parametrize("answer", ["", "{}", "[]", '{"id": "x"}', "null", '"text"', '{"response": {}}', "{" * 50])
def test_a_nonsense_answer_of_a_passkey_is_refused_politely(mari: Person, answer: str) -> None:
    mari.sign_in()
    assert mari.browser.post("/account/second-factor/passkey/", {"credential": answer}).status_code == 200
    assert len(second_factors.factors_of(mari.user)) == 1


def test_there_are_no_messages_to_phones_and_no_trusted_browsers(settings) -> None:
    assert set(settings.MFA_SUPPORTED_TYPES) == {"totp", "webauthn", "recovery_codes"}
    assert not getattr(settings, "MFA_TRUST_ENABLED", False)
    assert not getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None)
    assert settings.MFA_TOTP_TOLERANCE == 0


def test_the_shared_cache_outlives_the_transaction_of_the_request() -> None:
    assert connections["outside"].alias != connections["default"].alias
