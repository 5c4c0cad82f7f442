"""To the identity provider and back."""

import secrets
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from requests import RequestException

from opensponsor.web.access import public
from opensponsor.web.account import provider
from opensponsor.web.account.oidc import tokens
from opensponsor.web.account.oidc.tokens import Claims, TokenRefused


class Client(OpenIDConnectOAuth2Adapter):
    """Asks the provider for a token and has it judged."""

    @property
    def openid_config(self) -> dict[str, Any]:
        description: dict[str, Any] = super().openid_config
        tokens.check_issuer(str(description.get("issuer", "")), _configured())
        return description

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        signed = kwargs["response"].get("id_token")
        if not isinstance(signed, str):
            raise TokenRefused("no token")
        claims = tokens.read(signed, keys=self._keys(), announced=self.openid_config["issuer"], provider=_configured())
        return self.get_provider().sociallogin_from_response(request, {"claims": claims})

    def _keys(self) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            return dict(answer.json())


class OrganisationProvider(OpenIDConnectProvider):
    """The provider of the installation. What it says of people beyond who they are is not kept."""

    oauth2_adapter_class = Client

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to return to. The library would let the address choose scopes and parameters as well."""
        next_url = get_next_redirect_url(request)
        return {"process": "login"} | ({"next_url": next_url} if next_url else {})

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(32)
        asked = {"nonce": nonce, "max_age": str(_configured().oldest_sign_in_seconds)}
        return super().redirect(request, process, next_url, data, auth_params=asked, nonce=nonce)

    def get_default_scope(self) -> list[str]:
        return ["openid", "email"]

    def extract_uid(self, data: dict[str, Claims]) -> str:
        return data["claims"].uid

    def extract_extra_data(self, data: dict[str, Claims]) -> dict[str, str]:
        return {"tenant": data["claims"].tenant}

    def extract_common_fields(self, data: dict[str, Claims]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Claims]) -> list[Any]:
        return []

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Claims]) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        login.claims = response["claims"]
        return login


def app_of(configured: provider.IdentityProvider) -> SocialApp:
    """The provider in the form that the library wants; never stored."""
    return SocialApp(
        provider=OrganisationProvider.id,
        provider_id=provider.KEY,
        name=str(configured.name)[:40],
        client_id=configured.client_id,
        secret=configured.client_secret,
        settings={"server_url": configured.issuer, "oauth_pkce_enabled": True},
    )


def _configured() -> provider.IdentityProvider:
    found = provider.configured()
    if found is None:
        raise Http404
    return found


def _client(request: HttpRequest, provider_id: str) -> Client:
    if provider_id != provider.KEY or provider.configured() is None:
        raise Http404
    return Client(request, provider_id)


@public("signing in with the organisation's account")
@require_safe
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider."""
    client = _client(request, provider_id)
    try:
        return OAuth2LoginView.adapter_view(client)(request)
    except (RequestException, OAuth2Error) as error:
        return render_authentication_error(request, client.get_provider(), exception=error)


@public("signing in with the organisation's account")
@require_safe
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    client = _client(request, provider_id)
    try:
        return OAuth2CallbackView.adapter_view(client)(request)
    except (RequestException, OAuth2Error) as error:
        return render_authentication_error(request, client.get_provider(), exception=error)
