"""Between the second factor and the first page: the data statement, the organisation, and the clock of the
session."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opensponsor.core import clock
from opensponsor.core.refusals import Refused
from opensponsor.identity import queries
from opensponsor.identity.services import sign_in as services
from opensponsor.web.access import ActorRequest, halfway, signed_in
from opensponsor.web.account import forms, session
from opensponsor.web.middleware.gate import ORGANISATION_KEY


@halfway("the data statement stands before entry (ORG-007)")
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """The data statement, asked for once in each session; nobody enters without affirming it (ORG-007)."""
    if not session.is_proven(request.session):
        return redirect("second_factor")
    form = forms.AcceptStatement(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.accept_statement(user=request.user)  # type: ignore[arg-type]
        session.affirm(request.session)
        return redirect(_back(request))
    return render(request, "account/statement.html", {"form": form})


@halfway("for somebody whose memberships ended")
@require_safe
def no_membership(request: HttpRequest) -> HttpResponse:
    """Signed in, but a member of nothing."""
    return render(request, "account/no_membership.html")


@signed_in
@require_http_methods(["GET", "POST"])
def switch_organisation(request: ActorRequest) -> HttpResponse:
    """Act for another of one's organisations from now on (ruling C-118)."""
    seats = queries.seats_of(request.user.pk, today=clock.today())
    choices = [(seat.organisation_id, seat.name(get_language() or "en")) for seat in seats]
    form = forms.SwitchOrganisation(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"organisation": request.actor.organisation_id},
    )
    if form.is_valid():
        try:
            chosen = services.switch_organisation(
                actor=request.actor,
                user=request.user,
                organisation_id=form.cleaned_data["organisation"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[ORGANISATION_KEY] = chosen.organisation_id
            session.renew_key(request)
            name = chosen.name(get_language() or "en")
            messages.success(request, _("You now act for %(organisation)s.") % {"organisation": name})
            return redirect("/")
    context = {
        "title": _("Which organisation do you act for?"),
        "form": form,
        "submit": _("Continue"),
        "cancel_url": "/",
    }
    return render(request, "web/form.html", context)


@halfway("keeps the session of a page that is in use")
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Answer of the warning that the session will end: the user is still there."""
    session.touch(request.session, at_once=True)
    return HttpResponse(status=204)


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else "/"
