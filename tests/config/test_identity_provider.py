"""An identity provider is described whole or not at all."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from opensponsor.config.identity_provider import from_environment

WHOLE = {
    "ISSUER": "https://login.example/tenant/v2.0/",
    "CLIENT_ID": "opensponsor",
    "CLIENT_SECRET": "made by the provider",
    "DOMAINS": "Council.Wales, other.wales",
}


def describe(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"OPENSPONSOR_OIDC_{name}", value)


def test_there_is_none_without_an_issuer(monkeypatch: pytest.MonkeyPatch) -> None:
    describe(monkeypatch, **{name: value for name, value in WHOLE.items() if name != "ISSUER"})
    assert from_environment(live=True) is None


def test_a_whole_description(monkeypatch: pytest.MonkeyPatch) -> None:
    describe(monkeypatch, **WHOLE, TRUSTS_MFA="yes", OLDEST_SIGN_IN_HOURS="2")
    found = from_environment(live=True)
    assert found is not None
    assert found.issuer == "https://login.example/tenant/v2.0"
    assert found.domains == {"": frozenset({"council.wales", "other.wales"})}
    assert (found.trusts_mfa, found.requires_mfa, found.vouches_for_mail) == (True, False, False)
    assert found.oldest_sign_in_seconds == 7200


def test_tenants_each_with_their_domains(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {name: value for name, value in WHOLE.items() if name != "DOMAINS"}
    describe(monkeypatch, **whole, TENANTS="AAA-1=a.wales+b.wales, bbb-2=c.wales")
    found = from_environment(live=True)
    assert found is not None
    assert found.domains == {"aaa-1": frozenset({"a.wales", "b.wales"}), "bbb-2": frozenset({"c.wales"})}


@pytest.mark.parametrize("missing", ["CLIENT_ID", "CLIENT_SECRET", "DOMAINS"])
def test_half_a_description_stops_the_start(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    describe(monkeypatch, **{name: value for name, value in WHOLE.items() if name != missing})
    with pytest.raises(ImproperlyConfigured, match="OPENSPONSOR_OIDC"):
        from_environment(live=True)


@pytest.mark.parametrize("tenants", ["aaa-1", "aaa-1=", "aaa-1=a.wales,bbb-2="])
def test_a_tenant_without_domains_stops_the_start(monkeypatch: pytest.MonkeyPatch, tenants: str) -> None:
    describe(monkeypatch, **WHOLE | {"TENANTS": tenants})
    with pytest.raises(ImproperlyConfigured, match="without mail domains"):
        from_environment(live=True)


@pytest.mark.parametrize("issuer", ["http://login.example", "login.example", "http://127.0.0.1:8000"])
def test_a_live_system_talks_to_its_provider_by_https_only(monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    describe(monkeypatch, **WHOLE | {"ISSUER": issuer})
    with pytest.raises(ImproperlyConfigured, match="https"):
        from_environment(live=True)
