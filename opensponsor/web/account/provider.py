"""The identity provider of this installation, if it has one. With one, nobody has a password here (ruling C-114)."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise

# The provider's name in addresses and in the table of linked accounts; there is one at most.
KEY = "organisation"


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """An OpenID Connect provider whose users have no password here (ORG-019, ruling C-114).

    `domains` says for which mail domains each tenant may speak, under "" where the provider knows no tenants.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str | Promise
    domains: dict[str, frozenset[str]]
    vouches_for_mail: bool
    requires_mfa: bool
    trusts_mfa: bool
    oldest_sign_in_seconds: int


def configured() -> IdentityProvider | None:
    """The provider, or None where people sign in with a password."""
    found: IdentityProvider | None = settings.IDENTITY_PROVIDER
    return found
