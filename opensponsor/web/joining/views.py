"""Pages for people who have no account yet. They answer alike whether an address is known or not."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.core import rowsecurity
from opensponsor.core.limits import Limit
from opensponsor.core.refusals import Refused
from opensponsor.identity.models import Invitation, Organisation
from opensponsor.identity.queries import organisation_register
from opensponsor.identity.services import invitations, sign_in
from opensponsor.identity.states import InvitationStatus
from opensponsor.messages.services import accounts
from opensponsor.web.access import public
from opensponsor.web.account import provider
from opensponsor.web.account.limits import network_of
from opensponsor.web.components.shapes import Link
from opensponsor.web.joining.forms import Ask, ChoosePassword, OrganisationSearch

# Enough for the whole of an office that joins on one day behind one address, too few to fill a champion's queue.
_ASKING = Limit("access-request.network", 20, 60 * 60)
_FOR_ONE = Limit("access-request.organisation", 100, 60 * 60)
_OPENING = Limit("invitation.network", 30, 60 * 60)


@public("people without an account ask for one")
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """The first step: the organisation one works for, found by a part of its name."""
    form = OrganisationSearch(request.GET or None)
    found: list[Organisation] = []
    is_cut = False
    if form.is_valid():
        matching = organisation_register.named_like(form.cleaned_data["q"], organisation_register.joinable())
        found = list(matching[: organisation_register.MOST_FOUND + 1])
        is_cut = len(found) > organisation_register.MOST_FOUND
    links = [Link(one.name, reverse("access_request_ask", args=[one.code])) for one in found]
    context = {
        "form": form,
        "links": links[: organisation_register.MOST_FOUND],
        "is_cut": is_cut,
        "is_searched": form.is_bound and form.is_valid(),
    }
    return render(request, "joining/organisation.html", context)


@public("people without an account ask for one")
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The second step: who asks, and what for."""
    organisation = _joinable(code)
    form = Ask(request.POST or None)
    if form.is_valid():
        if not (_ASKING.allows(network_of(request)) and _FOR_ONE.allows(organisation.pk)):
            return render(request, "429.html", status=429)
        try:
            accounts.ask(organisation_id=organisation.pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            return redirect("access_request_sent", code)
        finally:
            _act_as_before(request)
    context = {
        "title": _("Ask for access"),
        "organisation": organisation,
        "form": form,
        "submit": _("Send the request"),
        "back_url": reverse("access_request"),
    }
    return render(request, "joining/ask.html", context)


@public("people without an account ask for one")
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """What happens next, the same for everybody."""
    organisation = _joinable(code)
    context = {
        "title": _("Your request was sent"),
        "next_steps": [
            _("The data champion of %(name)s checks your work account and your training, then vouches or refuses.")
            % {"name": organisation.name},
            _("Then an administrator of the platform makes your account, and you get an invitation by email."),
            _("If you hear nothing, ask your data champion. They can also see whether you have an account already."),
        ],
        "links": [Link(_("Back to signing in"), reverse("account_login"))],
    }
    return render(request, "web/done.html", context)


@public("the holder of a signed link opens their account")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening an account with the link from the invitation.

    Looking at the page changes nothing: only the button does.
    """
    if not _OPENING.allows(network_of(request)):
        return render(request, "429.html", status=429)
    try:
        found, status = invitations.look_at(token)
    finally:
        _act_as_before(request)
    if status != InvitationStatus.OPEN:
        return render(request, "joining/closed_invitation.html", _closed(found, status), status=410)
    if provider.configured():
        return _open_with_provider(request, found, token)
    form = ChoosePassword(request.POST or None, user=found.user)
    if form.is_valid() and _accept(request, form, token):
        return _to_sign_in(request)
    return render(
        request, "joining/invitation.html", {"form": form, "invitation": found, "user_email": found.user.email}
    )


def _open_with_provider(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    if request.method == "POST" and _accept(request, None, token):
        return _to_sign_in(request)
    context = {"invitation": found, "user_email": found.user.email, "provider": provider.configured()}
    return render(request, "joining/invitation.html", context)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    words = _("Your account is open. Sign in now; you will be asked to set up a second way to prove who you are.")
    messages.success(request, words)
    return redirect("account_login")


def _accept(request: HttpRequest, form: ChoosePassword | None, token: str) -> bool:
    try:
        invitations.accept(token=token, password=form.cleaned_data["password"] if form else None)
    except Refused as refusal:
        if form:
            form.add_error(None, str(refusal))
        return False
    finally:
        _act_as_before(request)
    return True


def _closed(found: Invitation, status: InvitationStatus) -> dict[str, Any]:
    is_used = status == InvitationStatus.USED
    return {"is_used": is_used, "organisation": found.organisation, "sign_in_url": reverse("account_login")}


def _joinable(code: str) -> Organisation:
    organisation = organisation_register.joinable().filter(code=code).first()
    if organisation is None:
        raise Http404
    return organisation


def _act_as_before(request: HttpRequest) -> None:
    """The system acted for somebody unknown; the rest of the page is nobody's again, or the reader's."""
    actor = getattr(request, "actor", None)
    if actor is None:
        sign_in.act_as_nobody()
    else:
        rowsecurity.enter(actor, request_id=request.request_id)  # type: ignore[attr-defined]
