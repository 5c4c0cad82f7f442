"""One's own account: second factors, sessions, language, password."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opensponsor.core import clock
from opensponsor.identity import queries
from opensponsor.identity.services import sign_in as services
from opensponsor.identity.services.second_factors import factors_of
from opensponsor.web.access import ActorRequest, signed_in
from opensponsor.web.account import forms, provider
from opensponsor.web.account.browsers import name_of
from opensponsor.web.middleware.language import SESSION_KEY as LANGUAGE


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: ActorRequest) -> HttpResponse:
    """Everything about one's own way in, and the language."""
    user = request.user
    form = forms.ChooseLanguage(request.POST if request.method == "POST" else None, initial={"language": user.language})
    if form.is_valid():
        services.set_language(user=user, language=form.cleaned_data["language"])
        request.session[LANGUAGE] = form.cleaned_data["language"]
        return redirect("profile")
    factors = factors_of(user)
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    context = {
        "form": form,
        "user": user,
        "factors": [(factor, factor.type == Authenticator.Type.TOTP) for factor in factors],
        "has_app": any(factor.type == Authenticator.Type.TOTP for factor in factors),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "has_seats": len(queries.seats_of(user.pk, today=clock.today())) > 1,
        "provider": provider.configured(),
    }
    return render(request, "account/profile.html", context)


@signed_in
@require_safe
def sessions(request: ActorRequest) -> HttpResponse:
    """Where this account is signed in now."""
    rows = [
        {
            "id": row.pk,
            "browser": name_of(row.user_agent),
            "address": row.ip,
            "since": row.created_at,
            "is_this": is_this,
        }
        for row in UserSession.objects.purge_and_list(request.user)
        for is_this in [row.session_key == request.session.session_key]
    ]
    rows.sort(key=lambda row: row["since"], reverse=True)
    return render(request, "account/sessions.html", {"sessions": rows})


@signed_in
@require_POST
def end_session(request: ActorRequest, session_id: int) -> HttpResponse:
    """Sign one other session out at once."""
    row = get_object_or_404(UserSession, pk=session_id, user=request.user)
    if row.session_key == request.session.session_key:
        return redirect("account_logout")
    row.end()
    services.record_change("session.ended_by_owner", actor=request.actor, count=1)
    messages.success(request, _("The session was ended."))
    return redirect("usersessions_list")


@signed_in
@require_POST
def end_others(request: ActorRequest) -> HttpResponse:
    """Sign every other session out at once."""
    count = UserSession.objects.filter(user=request.user).count() - 1
    end_other_sessions(request, request.user)
    services.record_change("session.ended_by_owner", actor=request.actor, count=count)
    messages.success(request, _("All other sessions were ended."))
    return redirect("usersessions_list")
