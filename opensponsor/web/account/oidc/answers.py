"""Whom the identity provider lets in: people who were invited, each by one identity, which is issuer and subject."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensponsor.core import clock
from opensponsor.identity.models import User
from opensponsor.identity.services import sign_in
from opensponsor.identity.states import AccountStatus
from opensponsor.web.account import outbox, provider
from opensponsor.web.account.oidc import flow, tokens
from opensponsor.web.account.oidc.tokens import Claims, TokenRefused

_UNKNOWN = _("There is no account here for the address of your organisation’s account. Ask your data champion.")
_NOT_OPEN = _("Your account is not open yet. Follow the link in your invitation first.")
_LINKED = _("Your account here belongs to another sign-in of your organisation. Ask your IT desk.")
_UNTRUSTED = _("Your organisation’s sign-in did not confirm who you are. Try again, or tell your IT desk.")


class SocialAdapter(DefaultSocialAccountAdapter):
    """Never makes an account, links one once, and believes a token only for the sign-in that asked for it."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """The provider of the settings; the library would look into a table as well."""
        configured = _configured()
        return [flow.app_of(configured)] if configured else []

    def get_provider(self, request: HttpRequest, provider: Any, client_id: Any = None) -> flow.OrganisationProvider:
        """Our stricter provider in place of the library's."""
        return flow.OrganisationProvider(request, app=self.get_app(request, provider, client_id))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account of their own (ORG-015)."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        """Names come from the invitation, not from the provider."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Judge the token once more, find the account, and link it at the first sign-in."""
        configured, claims = _configured(), sociallogin.claims
        assert configured is not None  # noqa: S101 - the flow does not run without
        if sociallogin.state.get("process") != "login":
            self._refuse(request, "process", _UNTRUSTED)
        try:
            nonce = str(sociallogin.state.get("nonce", ""))
            tokens.check_fits(claims, nonce=nonce, now=clock.now().timestamp(), provider=configured)
        except TokenRefused as refusal:
            self._refuse(request, refusal.reason, _UNTRUSTED, sociallogin.user if sociallogin.is_existing else None)
        if not sociallogin.is_existing:
            self._link(request, sociallogin, self._account_for(request, claims, configured))
        request.provider_asked_twice = configured.trusts_mfa and "mfa" in claims.methods  # type: ignore[attr-defined]

    def _account_for(self, request: HttpRequest, claims: Claims, configured: provider.IdentityProvider) -> User:
        if not tokens.may_link(claims, configured):
            self._refuse(request, "mail not trusted", _UNKNOWN)
        user = sign_in.find_account(claims.mail)
        if user is None:
            return self._refuse(request, "no account", _UNKNOWN)
        if SocialAccount.objects.filter(user=user).exists():
            self._refuse(request, "linked otherwise", _LINKED, user)
        if user.status == AccountStatus.INVITED:
            self._refuse(request, "invited", _NOT_OPEN, user)
        return user

    def _link(self, request: HttpRequest, sociallogin: SocialLogin, user: User) -> None:
        sociallogin.user = sociallogin.account.user = user
        sociallogin.account.save()
        sign_in.record_change("account.linked", actor=sign_in.who(user, clock.today()))
        outbox.send_later(request, user.pk, "account_connected")

    def _refuse(self, request: HttpRequest, reason: str, sentence: Promise | str, user: User | None = None) -> Any:
        request_id = request.request_id  # type: ignore[attr-defined]
        sign_in.record_refusal("sign_in.provider_refused", user=user, request_id=request_id, reason=reason)
        context = {"sentence": sentence}
        raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", context, status=403))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """The provider or its token failed before anybody was named."""
        reason = getattr(exception, "reason", "") or type(exception).__name__ if exception else str(error)
        request_id = request.request_id  # type: ignore[attr-defined]
        sign_in.record_refusal("sign_in.provider_failed", user=None, request_id=request_id, reason=reason)


def _configured() -> provider.IdentityProvider | None:
    return provider.configured()
