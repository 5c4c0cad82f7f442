"""Coming in with a password, leaving, and choosing a new password."""

from typing import Any

from allauth.account import views as library
from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opensponsor.identity.models import User
from opensponsor.identity.services import sign_in as services
from opensponsor.web.access import public, signed_in
from opensponsor.web.account import provider


class _WithPasswords:
    """A page that exists only where people have passwords (ruling C-114)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if provider.configured():
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class SignIn(library.LoginView):
    """The form, or the way to the identity provider: never both."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if provider.configured():
            raise Http404
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        start = reverse("openid_connect_login", args=[provider.KEY])
        return super().get_context_data(**kwargs) | {
            "provider": provider.configured(),
            "provider_url": self.passthrough_next_url(start),
        }


class ForgottenPassword(_WithPasswords, library.PasswordResetView):
    """Asks for a link."""


class NewPassword(_WithPasswords, library.PasswordResetFromKeyView):
    """The page behind the link. It signs nobody in: both factors are asked for afterwards."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        services.record_change("password.reset", actor=services.person(form.user))
        return response


class ChangePassword(_WithPasswords, library.PasswordChangeView):
    """A new password in place of a known one; the other sessions of the account end."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password():  # type: ignore[union-attr]
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self) -> str:
        return "/"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        services.record_change("password.changed", actor=self.request.actor)
        return response


sign_in = public("signing in")(SignIn.as_view())
forgotten_password = public("asking for a new password")(ForgottenPassword.as_view())
forgotten_password_done = public("asking for a new password")(library.PasswordResetDoneView.as_view())
new_password = public("choosing a new password by a link from a mail")(NewPassword.as_view())
new_password_done = public("choosing a new password by a link from a mail")(
    library.PasswordResetFromKeyDoneView.as_view()
)
change_password = signed_in(ChangePassword.as_view())


@public("says why somebody was not let in")
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """The account is suspended, or its owner has left."""
    return render(request, "account/closed.html")


@public("signing in with the organisation's account")
@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Signing in was cancelled at the identity provider."""
    return render(request, "socialaccount/login_cancelled.html")


@public("leaving is possible from anywhere, half-way in, too")
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, and have the browser forget what it kept of the pages. It keeps the cookie with the language."""
    if request.method == "GET" and isinstance(request.user, User):
        context = {"title": _("Do you want to sign out?"), "submit": _("Sign out"), "cancel_url": "/"}
        return render(request, "web/confirm.html", context)
    logout(request)
    response = redirect(settings.LOGIN_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
