"""The administrator's queue: accounts out of requests that were vouched for (ORG-016, ORG-017)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core import clock
from opensponsor.identity.models import AccessRequest
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import access_requests as queries
from opensponsor.identity.queries import organisation_register
from opensponsor.identity.roles import Role, roles_for
from opensponsor.identity.services.account_creation import usual_role
from opensponsor.identity.states import AccessRequestStatus, OrganisationKind
from opensponsor.messages.services import accounts
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.admin.forms import CreateAccount, Nominate
from opensponsor.web.casework.answers import accepts, went_well
from opensponsor.web.components.shapes import Pages
from opensponsor.web.team.forms import Vouch
from opensponsor.web.team.request_rows import after_of, request_rows, requests_table
from opensponsor.web.team.requests import is_vouched, refuse_page


@requires(Permission.ACCOUNT_MANAGE)
def queue(request: ActorRequest) -> HttpResponse:
    """What waits for an administrator, then everything else, newest first."""
    waiting = list(queries.waiting_for(request.actor, today=clock.today()))
    others = queries.visible(request.actor).exclude(pk__in=[one.pk for one in waiting])
    page, after = queries.page_of(others, after=after_of(request.GET.get("after", "")))
    audit.record_access("access_requests.listed", actor=request.actor, count=len(waiting) + len(page))
    url_name = "administration:request"
    context = {
        "title": _("Access requests"),
        "waiting": requests_table(
            waiting, url_name, _("Waiting for you"), _("Nobody waits for you."), element_id="waiting"
        ),
        "others": requests_table(
            page, url_name, _("Other requests"), _("There are no other requests."), element_id="others"
        ),
        "pages": Pages(next_url=f"?after={after}" if after else ""),
    }
    return render(request, "team/requests.html", context)


@requires(Permission.ACCOUNT_MANAGE)
def decide(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """One request: what it says, and, once vouched for, the form to make the account."""
    found = queries.get(request.actor, request_id)
    form = _creation_form(request, found)
    if form.is_valid() and accepts(
        form,
        lambda: accounts.create_account(
            actor=request.actor,
            request_id=request_id,
            version=form.cleaned_data["version"],
            role=Role(form.cleaned_data["role"]),
            may_be_second=form.cleaned_data["may_be_second"],
            today=clock.today(),
        ),
        version=found.version,
    ):
        done = _("The account of %(name)s was made. They are told by email.") % {"name": found.full_name}
        return went_well(request, done, reverse("administration:requests"))
    return render(request, "admin/request.html", _context(request, found, form))


@requires(Permission.ACCOUNT_MANAGE)
def vouch(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Vouching for somebody whose organisation has no champion; another administrator makes the account."""
    found = queries.get(request.actor, request_id)
    form = Vouch(request.POST or None, initial={"version": found.version})
    if is_vouched(request, found, form):
        done = _("You vouched for %(name)s. Another administrator makes the account.") % {"name": found.full_name}
        return went_well(request, done, reverse("administration:requests"))
    context = {
        "title": _("Access request"),
        "rows": request_rows(found),
        "form": form,
        "refuse_url": reverse("administration:request_refuse", args=[found.pk]),
        "back_url": reverse("administration:requests"),
    }
    return render(request, "team/request.html", context)


@requires(Permission.ACCOUNT_MANAGE)
def refuse(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Refusing, with a reason."""
    return refuse_page(request, request_id, back_url=reverse("administration:requests"))


@requires(Permission.ACCOUNT_MANAGE)
def nominate(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Asking and vouching where no champion can: the first champion of an organisation, or another administrator."""
    place = organisation_register.get(request.actor, organisation_id)
    url = reverse("administration:organisation", args=[place.pk])
    form = Nominate(request.POST or None)
    if form.is_valid() and accepts(
        form,
        lambda: accounts.nominate(
            actor=request.actor,
            organisation_id=place.pk,
            full_name=form.cleaned_data["full_name"],
            email=form.cleaned_data["email"],
            operational_need=form.cleaned_data["operational_need"],
            confirmed=form.confirmation(),
            today=clock.today(),
        ),
    ):
        return went_well(request, _("Another administrator now makes the account."), url)
    context = {
        "title": _("Add the first person of %(name)s") % {"name": place.name},
        "lead": _(
            "You vouch for this person, because the organisation has no data champion. Another administrator decides."
        ),
        "form": form,
        "submit": _("Send to another administrator"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/form.html", context)


def _creation_form(request: ActorRequest, found: AccessRequest) -> CreateAccount:
    roles = roles_for(OrganisationKind(found.organisation.kind))
    first = {"version": found.version, "role": usual_role(found) if roles else ""}
    return CreateAccount(request.POST or None, initial=first, roles=roles)


def _context(request: ActorRequest, found: AccessRequest, form: CreateAccount) -> dict[str, Any]:
    is_vouched = found.status == AccessRequestStatus.VOUCHED
    is_own = found.vouched_by_id == request.actor.user_id
    waits_for_voucher = found.status == AccessRequestStatus.SUBMITTED
    return {
        "title": _("Access request"),
        "rows": request_rows(found),
        "form": form if form.is_bound or (is_vouched and not is_own) else None,
        "is_own": is_vouched and is_own,
        "vouch_url": reverse("administration:request_vouch", args=[found.pk]) if waits_for_voucher else "",
        "refuse_url": reverse("administration:request_refuse", args=[found.pk]),
        "back_url": reverse("administration:requests"),
    }
