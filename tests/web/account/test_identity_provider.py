"""Signing in with the organisation's account: only who was invited, only by a token that can be believed."""

import dataclasses
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse

from opensponsor.identity.models import User
from opensponsor.identity.services import second_factors
from opensponsor.web.account.provider import IdentityProvider
from tests.web.account.identity_provider import CLIENT, SECRET, LocalProvider, running
from tests.web.account.people import SEED, Browser, Person, lines, text_of

START = "/sign-in/with/organisation/"
GWYNEDD, CARDIFF = "tenant-gwynedd", "tenant-cardiff"


@pytest.fixture(scope="module")
def listening() -> Iterator[LocalProvider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(listening: LocalProvider, settings) -> LocalProvider:
    """The provider of this installation, speaking for the domain of one council."""
    listening.announced, listening.token, listening.is_broken = "", "", False
    settings.IDENTITY_PROVIDER = IdentityProvider(
        issuer=listening.address,
        client_id=CLIENT,
        client_secret=SECRET,
        name="Gwynedd accounts",
        domains={"": frozenset({"gwynedd.example"})},
        vouches_for_mail=False,
        requires_mfa=False,
        trusts_mfa=False,
        oldest_sign_in_seconds=12 * 3600,
    )
    return listening


@pytest.fixture
def change(settings) -> Callable[..., None]:
    def change(**changes: Any) -> None:
        settings.IDENTITY_PROVIDER = dataclasses.replace(settings.IDENTITY_PROVIDER, **changes)

    return change


@pytest.fixture
def mari(make_person: Callable[..., Person]) -> Person:
    """Invited, without password, with an authenticator app."""
    return make_person(full_name="Mari Evans", email="mari.evans@gwynedd.example", password=None)


class Flow:
    """One try to sign in with the provider."""

    def __init__(self, provider: LocalProvider, browser: Browser | None = None, start: str = START) -> None:
        self.provider, self.browser = provider, browser or Browser()
        sent = self.browser.get(start)
        assert sent.status_code == 302, text_of(sent)
        self.address = sent.headers["Location"]
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(self.address).query).items()}

    def back(self, token: str, **changes: str) -> HttpResponse:
        """The browser comes back with a code, for which the provider gives this token."""
        self.provider.token = token
        fields = {"code": "one-time", "state": self.asked["state"]} | changes
        return self.browser.get(START + "back/", fields)

    def with_claims(self, **changes: Any) -> HttpResponse:
        claims = self.provider.claims(nonce=self.asked["nonce"], **changes)
        return self.back(self.provider.sign({k: v for k, v in claims.items() if v is not None}))


def is_refused(answer: HttpResponse) -> bool:
    """Refused, without a word why beyond what the person can mend."""
    words = text_of(answer)
    return answer.status_code in {401, 403} and "You could not be signed in" in words and "Traceback" not in words


@pytest.mark.rule("ORG-019")
def test_there_is_no_password_where_there_is_a_provider(
    provider: LocalProvider, make_person: Callable[..., Person]
) -> None:
    with_password = make_person()
    page = with_password.browser.get("/sign-in/?next=/account/")
    assert "Sign in with Gwynedd accounts" in text_of(page)
    assert 'type="password"' not in page.content.decode()
    assert f'href="{START}?next=%2Faccount%2F"' in page.content.decode()
    assert with_password.give_password().status_code == 404
    for address in ("/password/forgotten/", "/password/new/1-abc-def/"):
        assert with_password.browser.get(address).status_code == 404


@pytest.mark.rule("ORG-019")
def test_without_a_provider_there_is_no_way_to_one(db: None) -> None:
    assert Browser().get(START).status_code == 404
    assert Browser().get(START + "back/").status_code == 404
    assert Browser().get("/sign-in/with/google/").status_code == 404


@pytest.mark.rule("ORG-019", "ORG-024")
def test_an_invited_person_comes_in_and_still_gives_our_second_factor(provider: LocalProvider, mari: Person) -> None:
    flow = Flow(provider, mari.browser)
    assert flow.with_claims().headers["Location"] == "/sign-in/code/"
    assert not mari.is_in()
    mari.give_code()
    mari.affirm()
    assert mari.is_in()
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.uid) == (mari.user, f"{provider.address}|person-1")
    assert linked.extra_data == {"tenant": ""}
    assert len(lines("account.linked")) == 1


def test_what_is_sent_to_the_provider(provider: LocalProvider, mari: Person) -> None:
    flow = Flow(
        provider,
        start=START + "?scope=everything&auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example&process=connect",
    )
    assert flow.address.startswith(f"{provider.address}/authorize?")
    assert flow.asked["redirect_uri"] == f"http://testserver{START}back/"
    assert set(flow.asked["scope"].split()) == {"openid", "email"}
    assert flow.asked["code_challenge_method"] == "S256"
    assert flow.asked["max_age"] == "43200"
    flow.with_claims()
    assert provider.asked["client_secret"] == [SECRET]
    assert len(provider.asked["code_verifier"][0]) > 40
    assert Flow(provider).asked["nonce"] != flow.asked["nonce"]


def test_the_identity_counts_afterwards_and_not_the_address(provider: LocalProvider, mari: Person) -> None:
    Flow(provider).with_claims()
    assert Flow(provider).with_claims(email="married.name@gwynedd.example").headers["Location"] == "/sign-in/code/"
    assert Flow(provider).with_claims(email=None).headers["Location"] == "/sign-in/code/"
    assert is_refused(Flow(provider).with_claims(sub="person-2"))
    assert SocialAccount.objects.count() == 1


def test_nobody_gets_an_account_by_signing_in(provider: LocalProvider, db: None) -> None:
    answer = Flow(provider).with_claims(email="new@gwynedd.example")
    assert is_refused(answer)
    assert "no account here" in text_of(answer)
    assert not User.objects.filter(email="new@gwynedd.example").exists()
    assert [line.detail["reason"] for line in lines("sign_in.provider_refused")] == ["no account"]


def test_an_invitation_is_accepted_first_and_a_closed_account_stays_closed(
    provider: LocalProvider, make_person: Callable[..., Person]
) -> None:
    make_person(email="invited@gwynedd.example", password=None, is_active=False)
    make_person(email="left@gwynedd.example", password=None, is_active=False, left_on="2026-01-01")
    assert "not open yet" in text_of(Flow(provider).with_claims(email="invited@gwynedd.example"))
    closed = Flow(provider).with_claims(email="left@gwynedd.example", sub="person-2")
    assert closed.headers["Location"] == "/sign-in/closed/"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email": "mari.evans@elsewhere.example"},
        {"email": "mari.evans@gwynedd.example.evil.example"},
        {"email": None},
        {"email": ""},
    ],
)
def test_an_address_that_is_not_verified_or_not_ours_links_nothing(
    provider: LocalProvider, mari: Person, claims: dict[str, Any]
) -> None:
    assert is_refused(Flow(provider).with_claims(**claims))
    assert not SocialAccount.objects.exists()


def test_an_operator_may_vouch_for_the_addresses_of_the_own_directory(
    provider: LocalProvider, mari: Person, change: Callable[..., None]
) -> None:
    change(vouches_for_mail=True)
    assert Flow(provider).with_claims(email_verified=None).headers["Location"] == "/sign-in/code/"
    assert is_refused(Flow(provider).with_claims(email="mari.evans@elsewhere.example", sub="person-2"))


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://other.example"}, "InvalidIssuerError"),
        ({"aud": "another-client"}, "InvalidAudienceError"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "authorised party"),
        ({"exp": 1}, "ExpiredSignatureError"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"iat": int(time.time()) + 3600}, "ImmatureSignatureError"),
        ({"sub": None}, "MissingRequiredClaimError"),
    ],
)
def test_a_token_that_is_not_for_us_now_is_refused(
    provider: LocalProvider, mari: Person, claims: dict[str, Any], reason: str
) -> None:
    assert is_refused(Flow(provider).with_claims(**claims))
    assert [line.detail["reason"] for line in lines("sign_in.provider_failed")] == [reason]
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("nonce", ["", "another", None])
def test_a_token_of_another_sign_in_is_refused(provider: LocalProvider, mari: Person, nonce: str | None) -> None:
    flow = Flow(provider)
    claims = {name: value for name, value in provider.claims(nonce=nonce).items() if value is not None}
    assert is_refused(flow.back(provider.sign(claims)))
    assert not SocialAccount.objects.exists()


def test_an_answer_without_our_state_or_with_a_used_one_is_refused(provider: LocalProvider, mari: Person) -> None:
    flow = Flow(provider)
    good = provider.sign(provider.claims(nonce=flow.asked["nonce"]))
    assert is_refused(flow.back(good, state="another"))
    assert is_refused(Browser().get(START + "back/", {"code": "x", "state": flow.asked["state"]}))
    assert flow.back(good).headers["Location"] == "/sign-in/code/"
    assert is_refused(flow.back(good))


STRANGER = rsa.generate_private_key(65537, 2048)


@pytest.mark.parametrize(
    "forge",
    [
        lambda provider, claims: provider.sign(claims, key=STRANGER),
        lambda provider, claims: provider.sign(claims, kid="k2"),
        lambda provider, claims: provider.sign(claims, key=SECRET * 3, alg="HS256"),
        lambda provider, claims: provider.sign(claims, key="", alg="none"),
        lambda provider, claims: provider.sign(claims).rpartition(".")[0] + ".",
        lambda provider, claims: provider.sign(claims)[:-8] + "AAAAAAAA",
        lambda provider, claims: "",
        lambda provider, claims: "not.a.token",
    ],
    ids=["another key", "unknown key", "shared secret", "none", "cut off", "changed", "empty", "nonsense"],
)
def test_only_the_providers_own_signature_counts(
    provider: LocalProvider, mari: Person, forge: Callable[[LocalProvider, dict[str, Any]], str]
) -> None:
    flow = Flow(provider)
    claims = provider.claims(nonce=flow.asked["nonce"])
    assert is_refused(flow.back(forge(provider, claims)))
    assert len(lines("sign_in.provider_failed")) == 1
    assert not SocialAccount.objects.exists()
    again = Flow(provider)
    assert again.with_claims().status_code == 302, "the same claims with the right signature are fine"


def test_a_sign_in_of_long_ago_is_refused(provider: LocalProvider, mari: Person) -> None:
    long_ago = int(time.time()) - 12 * 3600 - 120
    assert is_refused(Flow(provider).with_claims(auth_time=long_ago))
    assert [line.detail["reason"] for line in lines("sign_in.provider_refused")] == ["too old"]


@pytest.mark.rule("ORG-024")
def test_the_providers_second_factor_counts_only_when_the_operator_says_so(
    provider: LocalProvider, mari: Person, change: Callable[..., None]
) -> None:
    assert Flow(provider).with_claims(amr=["pwd", "mfa"]).headers["Location"] == "/sign-in/code/"
    change(trusts_mfa=True)
    for methods in (["pwd"], [], None, "mfa"):
        assert Flow(provider).with_claims(amr=methods).headers["Location"] == "/sign-in/code/"
    flow = Flow(provider, mari.browser)
    assert flow.with_claims(amr=["pwd", "mfa"]).headers["Location"] == "/"
    mari.affirm()
    assert mari.is_in()


@pytest.mark.rule("ORG-024")
def test_without_a_second_factor_of_theirs_or_ours_nothing_opens(
    provider: LocalProvider, make_person: Callable[..., Person]
) -> None:
    ivan = make_person(email="ivan@gwynedd.example", password=None, has_app=False)
    Flow(provider, ivan.browser).with_claims(email="ivan@gwynedd.example")
    assert ivan.browser.get("/account/").headers["Location"].startswith("/account/second-factor/")


def test_the_operator_may_insist_on_the_providers_second_factor(
    provider: LocalProvider, mari: Person, change: Callable[..., None]
) -> None:
    change(requires_mfa=True)
    assert is_refused(Flow(provider).with_claims(amr=["pwd"]))
    assert Flow(provider).with_claims(amr=["mfa"]).headers["Location"] == "/sign-in/code/"


@pytest.fixture
def tenants(provider: LocalProvider, change: Callable[..., None]) -> LocalProvider:
    """One provider with many tenants, two of which are ours."""
    provider.announced = f"{provider.address}/{{tenantid}}/v2.0"
    change(
        issuer=f"{provider.address}/organizations/v2.0",
        domains={GWYNEDD: frozenset({"gwynedd.example"}), CARDIFF: frozenset({"cardiff.example"})},
    )
    return provider


def of_tenant(provider: LocalProvider, tenant: str, **claims: Any) -> HttpResponse:
    return Flow(provider).with_claims(iss=f"{provider.address}/{tenant}/v2.0", tid=tenant, **claims)


@pytest.fixture
def description_of_tenants(tenants: LocalProvider, monkeypatch: pytest.MonkeyPatch) -> LocalProvider:
    """Its description lies below the path for all tenants."""
    answer = tenants.answer
    monkeypatch.setattr(tenants, "answer", lambda path: answer(path.removeprefix("/organizations/v2.0")), raising=False)
    return tenants


def test_each_tenant_speaks_for_its_own_people(description_of_tenants: LocalProvider, mari: Person) -> None:
    provider = description_of_tenants
    assert of_tenant(provider, GWYNEDD).headers["Location"] == "/sign-in/code/"
    assert SocialAccount.objects.get().uid == f"{provider.address}/{GWYNEDD}/v2.0|person-1"


def test_no_tenant_speaks_for_people_of_another(description_of_tenants: LocalProvider, mari: Person) -> None:
    assert is_refused(of_tenant(description_of_tenants, CARDIFF))
    assert not SocialAccount.objects.exists()


def test_an_unknown_tenant_is_refused_and_so_is_one_that_lies(
    description_of_tenants: LocalProvider, mari: Person
) -> None:
    provider = description_of_tenants
    assert is_refused(of_tenant(provider, "tenant-stranger"))
    lying = Flow(provider).with_claims(iss=f"{provider.address}/tenant-stranger/v2.0", tid=GWYNEDD)
    assert is_refused(lying)
    assert not SocialAccount.objects.exists()


def test_a_tenant_that_was_taken_off_the_list_is_refused_although_its_people_were_linked(
    description_of_tenants: LocalProvider, mari: Person, change: Callable[..., None]
) -> None:
    assert of_tenant(description_of_tenants, GWYNEDD).status_code == 302
    change(domains={CARDIFF: frozenset({"cardiff.example"})})
    assert is_refused(of_tenant(description_of_tenants, GWYNEDD))


def test_the_same_address_from_another_tenant_after_linking_is_refused(
    description_of_tenants: LocalProvider, mari: Person, change: Callable[..., None]
) -> None:
    provider = description_of_tenants
    of_tenant(provider, GWYNEDD)
    change(domains={GWYNEDD: frozenset({"gwynedd.example"}), CARDIFF: frozenset({"gwynedd.example"})})
    answer = of_tenant(provider, CARDIFF)
    assert is_refused(answer)
    assert "belongs to another sign-in" in text_of(answer)


def test_a_provider_that_announces_another_issuer_is_refused(provider: LocalProvider, mari: Person) -> None:
    provider.announced = "https://other.example"
    assert is_refused(Browser().get(START))


def test_a_provider_that_does_not_answer_is_an_error_page_and_not_a_crash(
    provider: LocalProvider, mari: Person
) -> None:
    flow = Flow(provider)
    provider.is_broken = True
    assert is_refused(Browser().get(START))
    assert is_refused(flow.back("x"))


def test_cancelling_at_the_provider(provider: LocalProvider, mari: Person) -> None:
    flow = Flow(provider)
    answer = flow.browser.get(START + "back/", {"error": "access_denied", "state": flow.asked["state"]}, follow=True)
    assert "Signing in was cancelled" in text_of(answer)


def test_another_site_is_no_place_to_return_to(provider: LocalProvider, mari: Person) -> None:
    flow = Flow(provider, mari.browser, START + "?next=https://evil.example/")
    flow.with_claims()
    assert mari.give_code().headers["Location"] == "/"


def test_an_account_with_both_factors_linked_later_keeps_its_second_factor(
    provider: LocalProvider, mari: Person
) -> None:
    Flow(provider).with_claims()
    assert [factor.type for factor in second_factors.factors_of(mari.user)] == ["totp"]
    assert mari.seed == SEED
