"""Giving, setting up and changing the second factor."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.base import views as library
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from opensponsor.identity.services import sign_in as services
from opensponsor.identity.services.second_factors import factors_of
from opensponsor.web.access import halfway, public, signed_in
from opensponsor.web.account import adapter, forms, session
from opensponsor.web.account.qr import qr_code
from opensponsor.web.account.second_factor import SecondFactorAdapter

View = Callable[..., HttpResponse]


def _first_or_proven(view: View) -> View:
    """A password alone sets up the first second factor, never another one beside it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not session.is_proven(request.session) and factors_of(request.user):  # type: ignore[arg-type]
            return redirect("second_factor")
        return view(request, *args, **kwargs)

    return guarded


def _finish_set_up(request: HttpRequest, code: str) -> None:
    """Write down the new factor. Of the first one its owner has just shown that they hold it: both factors are
    given."""
    user: Any = request.user
    if session.is_proven(request.session):
        services.record_change(code, actor=request.actor or services.person(user))  # type: ignore[attr-defined]
        return
    services.record_change(code, actor=services.person(user))
    session.renew_key(request)
    adapter.complete(request, user)


class _Passkey:
    """Puts what the browser's passkey function needs into an attribute of the page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        options = context.get("js_data", {})
        asked: Any = next(iter(options.values()), {})
        return context | {"passkey_options": json.dumps(asked, cls=DjangoJSONEncoder)}


class Enter(_Passkey, library.AuthenticateView):
    """The second factor while signing in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = {factor.type for factor in factors_of(self.stage.login.user)}
        return super().get_context_data(**kwargs) | {
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        }


class _Proves:
    """Proof given again. It completes a session that began before its user set up the second factor elsewhere."""

    def form_valid(self, form: Any) -> HttpResponse:
        request: Any = self.request  # type: ignore[attr-defined]
        if not session.is_proven(request.session):
            session.renew_key(request)
            adapter.complete(request, request.user)
        return super().form_valid(form)  # type: ignore[misc]


class ProveByCode(_Proves, library.ReauthenticateView):
    """A code again."""


class ProveByPasskey(_Passkey, _Proves, webauthn.ReauthenticateWebAuthnView):
    """A passkey again."""

    def form_invalid(self, form: Any) -> HttpResponse:
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return redirect("mfa_reauthenticate_webauthn")


class SetUpApp(totp.ActivateTOTPView):
    """A new authenticator app."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        seed = context["form"].secret
        groups = [seed[start : start + 4] for start in range(0, len(seed), 4)]
        return context | {"qr_code": qr_code(context["totp_url"]), "seed": " ".join(groups)}

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "profile")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        # The code that set up the app is used up by it.
        Authenticator.objects.get(user=form.user, type=Authenticator.Type.TOTP).wrap().validate_code(
            form.cleaned_data["code"]
        )
        self.request.session.pop(forms.SEED, None)
        _finish_set_up(self.request, "second_factor.app_added")
        return response


class RemoveApp(totp.DeactivateTOTPView):
    """Without the app: only while a passkey remains."""

    success_url = reverse_lazy("profile")

    def form_valid(self, form: Any) -> HttpResponse:
        services.record_change("second_factor.app_removed", actor=self.request.actor)
        return super().form_valid(form)


class AddPasskey(_Passkey, webauthn.AddWebAuthnView):
    """A new passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _finish_set_up(self.request, "second_factor.passkey_added")
        return response

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "profile")


class RemovePasskey(webauthn.RemoveWebAuthnView):
    """One passkey fewer, if another second factor remains."""

    success_url = reverse_lazy("profile")

    def form_valid(self, form: Any) -> HttpResponse:
        answers = SecondFactorAdapter()
        if not answers.can_delete_authenticator(self.get_object()):
            messages.error(self.request, answers.error_messages["cannot_delete_authenticator"])
            return redirect("profile")
        services.record_change("second_factor.passkey_removed", actor=self.request.actor)
        return super().form_valid(form)


class RenewCodes(recovery.GenerateRecoveryCodesView):
    """New recovery codes; the old ones end."""

    def form_valid(self, form: Any) -> HttpResponse:
        services.record_change("second_factor.codes_renewed", actor=self.request.actor)
        return super().form_valid(form)


@halfway("where the second factor is set up")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which second factor to set up; for who has one already, the page that asks for it."""
    if session.is_proven(request.session):
        return redirect("profile")
    factors = factors_of(request.user)  # type: ignore[arg-type]
    if not factors:
        return render(request, "mfa/choose.html")
    has_app = any(factor.type == Authenticator.Type.TOTP for factor in factors)
    return redirect("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")


@halfway("shows the recovery codes once, when the second factor is set up")
@require_safe
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, on the one occasion that they are shown; afterwards only how many are left."""
    if not session.is_proven(request.session):
        raise Http404
    return recovery.view_recovery_codes(request)


enter = public("the second factor; the library holds the half-made session")(Enter.as_view())
prove_by_code = halfway("giving the second factor again")(ProveByCode.as_view())
prove_by_passkey = halfway("giving the second factor again")(ProveByPasskey.as_view())
set_up_app = halfway("setting up the second factor")(_first_or_proven(SetUpApp.as_view()))
add_passkey = halfway("setting up the second factor")(_first_or_proven(AddPasskey.as_view()))
remove_app = signed_in(RemoveApp.as_view())
remove_passkey = signed_in(RemovePasskey.as_view())
rename_passkey = signed_in(webauthn.EditWebAuthnView.as_view(success_url=reverse_lazy("profile")))
renew_codes = signed_in(RenewCodes.as_view())
