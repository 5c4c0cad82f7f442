"""What an identity provider says about somebody, and whether it may be believed.

The library trusts a token that it fetched itself; we look at every signature all the same, pin the issuer, the tenant
and the kinds of signature, and tie each token to the sign-in that asked for it (OWASP ASVS 5.0, 6.8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from opensponsor.web.account.provider import IdentityProvider

# Never a signature by a shared secret, never none: the header of a token is chosen by whoever made it.
_SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
_NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
# How far the clocks of two honest servers may be apart, in seconds.
LEEWAY = 60
_TENANT = "{tenantid}"


class TokenRefused(OAuth2Error):
    """The token is not believed. `reason` goes into the history, never on the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Claims:
    """What we use of a token that is believed."""

    issuer: str
    subject: str
    tenant: str
    nonce: str
    mail: str
    is_mail_verified: bool
    signed_in_at: int | None
    methods: frozenset[str]

    @property
    def uid(self) -> str:
        """Who this is, for ever: the issuer and its name for the person, never the mail address."""
        return f"{self.issuer}|{self.subject}"


def check_issuer(announced: str, provider: IdentityProvider) -> None:
    """The provider must announce itself as the one we were told of; one with tenants announces a pattern on the same
    host."""
    if announced.rstrip("/") != provider.issuer and not (
        _TENANT in announced and announced.split("/")[:3] == provider.issuer.split("/")[:3]
    ):
        raise TokenRefused("issuer announced")


def read(token: str, *, keys: Mapping[str, Any], announced: str, provider: IdentityProvider) -> Claims:
    """The claims of a signed token, whose signature, issuer, audience and time are right. Raises TokenRefused.

    `keys` is the provider's key set, `announced` its issuer as in its description.
    """
    try:
        header = jwt.get_unverified_header(token)
        unverified = jwt.decode(token, options={"verify_signature": False})
        tenant = str(unverified.get("tid", "")).lower() if _TENANT in announced else ""
        claims = jwt.decode(
            token,
            _key_of(header, keys),
            algorithms=sorted(_SIGNATURES),
            audience=provider.client_id,
            issuer=announced.replace(_TENANT, tenant),
            leeway=LEEWAY,
            options={"require": _NEEDED},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise TokenRefused(type(error).__name__) from error
    if tenant not in provider.domains:
        raise TokenRefused("tenant")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise TokenRefused("authorised party")
    return _claims(claims, tenant, provider)


def _key_of(header: Mapping[str, Any], keys: Mapping[str, Any]) -> jwt.PyJWK:
    if header.get("alg") not in _SIGNATURES:
        raise TokenRefused("signature")
    for key in keys["keys"]:
        if key.get("kid") == header.get("kid") and key.get("use", "sig") == "sig":
            return jwt.PyJWK.from_dict(key, algorithm=header["alg"])
    raise TokenRefused("key")


def _claims(claims: Mapping[str, Any], tenant: str, provider: IdentityProvider) -> Claims:
    says_verified = any(str(claims.get(name)).lower() in {"true", "1"} for name in ("email_verified", "xms_edov"))
    methods = claims.get("amr")
    return Claims(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        tenant=tenant,
        nonce=str(claims["nonce"]),
        mail=str(claims.get("email", "")).strip().lower(),
        is_mail_verified=says_verified or provider.vouches_for_mail,
        signed_in_at=claims["auth_time"] if isinstance(claims.get("auth_time"), int) else None,
        methods=frozenset(map(str, methods)) if isinstance(methods, list) else frozenset(),
    )


def check_fits(claims: Claims, *, nonce: str, now: float, provider: IdentityProvider) -> None:
    """The token answers this very sign-in, which is recent and as strong as the operator asks for. Raises
    TokenRefused."""
    if not nonce or claims.nonce != nonce:
        raise TokenRefused("nonce")
    if claims.signed_in_at is not None and now - claims.signed_in_at > provider.oldest_sign_in_seconds + LEEWAY:
        raise TokenRefused("too old")
    if provider.requires_mfa and "mfa" not in claims.methods:
        raise TokenRefused("no second factor")


def may_link(claims: Claims, provider: IdentityProvider) -> bool:
    """Whether the mail address may name an account at the first sign-in: verified, and of a domain of this tenant.

    Without the domains of each tenant the administrator of one could take over the accounts of all others.
    """
    domain = claims.mail.rpartition("@")[2]
    return claims.is_mail_verified and domain in provider.domains.get(claims.tenant, frozenset())
