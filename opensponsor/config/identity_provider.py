"""The identity provider as the environment describes it (`docs/operations/sign-in.md`)."""

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from opensponsor.config import environment as env
from opensponsor.web.account.provider import IdentityProvider


def from_environment(*, live: bool) -> IdentityProvider | None:
    """The provider, or None where OPENSPONSOR_OIDC_ISSUER is not set. Raises ImproperlyConfigured for half a
    description."""
    issuer = env.text("OIDC_ISSUER").rstrip("/")
    if not issuer:
        return None
    if not issuer.startswith("https://") and (live or not issuer.startswith("http://127.0.0.1:")):
        raise ImproperlyConfigured("OPENSPONSOR_OIDC_ISSUER must start with https://")
    client_id = env.text("OIDC_CLIENT_ID")
    domains = _domains(env.words("OIDC_DOMAINS"), env.words("OIDC_TENANTS"))
    # The provider made this secret, so that its length is not ours to judge.
    client_secret = env.secret("OIDC_CLIENT_SECRET", live=False)
    if not (client_id and domains) or client_secret == env.DEMO_SECRET:
        raise ImproperlyConfigured(
            "OPENSPONSOR_OIDC_ISSUER needs OPENSPONSOR_OIDC_CLIENT_ID, OPENSPONSOR_OIDC_CLIENT_SECRET"
            " and OPENSPONSOR_OIDC_DOMAINS or OPENSPONSOR_OIDC_TENANTS"
        )
    return IdentityProvider(
        issuer=issuer,
        client_id=client_id,
        client_secret=client_secret,
        name=env.text("OIDC_NAME") or _("your organisation's account"),
        domains=domains,
        vouches_for_mail=env.text("OIDC_VOUCHES_FOR_MAIL") == "yes",
        requires_mfa=env.text("OIDC_REQUIRES_MFA") == "yes",
        trusts_mfa=env.text("OIDC_TRUSTS_MFA") == "yes",
        oldest_sign_in_seconds=env.number("OIDC_OLDEST_SIGN_IN_HOURS", 12) * 3600,
    )


def _domains(domains: list[str], tenants: list[str]) -> dict[str, frozenset[str]]:
    """`a.wales,b.wales` without tenants, `tenant=a.wales+b.wales,...` with them."""
    found = {"": frozenset(domain.lower() for domain in domains)} if domains else {}
    for tenant in tenants:
        name, _equals, listed = tenant.partition("=")
        found[name.strip().lower()] = frozenset(domain.lower() for domain in listed.split("+") if domain)
    if not all(found.values()):
        raise ImproperlyConfigured("OPENSPONSOR_OIDC_TENANTS names a tenant without mail domains")
    return found
