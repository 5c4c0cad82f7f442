"""The data champion's queue: who asks to join, vouching and refusing (ORG-016, ORG-018)."""

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
from opensponsor.identity.states import AccessRequestStatus
from opensponsor.messages.services import accounts
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import accepts, went_well
from opensponsor.web.components.shapes import Pages
from opensponsor.web.team.forms import Refuse, Vouch
from opensponsor.web.team.request_rows import after_of, request_rows, requests_table


@requires(Permission.ACCESS_VOUCH)
def queue(request: ActorRequest) -> HttpResponse:
    """What waits for the champion, then everything else, newest first."""
    waiting = list(queries.waiting_for(request.actor, today=clock.today()))
    others = queries.visible(request.actor).exclude(pk__in=[one.pk for one in waiting])
    page, after = queries.page_of(others, after=after_of(request.GET.get("after", "")))
    audit.record_access("access_requests.listed", actor=request.actor, count=len(waiting) + len(page))
    context = {
        "title": _("Access requests"),
        "waiting": requests_table(
            waiting, "team:request", _("Waiting for you"), _("Nobody waits for you."), element_id="waiting"
        ),
        "others": requests_table(
            page, "team:request", _("Earlier requests"), _("There are no other requests."), element_id="others"
        ),
        "pages": Pages(next_url=f"?after={after}" if after else ""),
    }
    return render(request, "team/requests.html", context)


@requires(Permission.ACCESS_VOUCH)
def vouch(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """One request: what it says, and, while it waits, the form to vouch."""
    found = queries.get(request.actor, request_id)
    url = reverse("team:requests")
    form = Vouch(request.POST or None, initial={"version": found.version})
    if is_vouched(request, found, form):
        done = _("You vouched for %(name)s. An administrator makes the account.") % {"name": found.full_name}
        return went_well(request, done, url)
    return render(request, "team/request.html", _context(request, found, form))


def is_vouched(request: ActorRequest, found: AccessRequest, form: Vouch) -> bool:
    """Whether a champion or an administrator vouched just now; if not, the form says why."""
    return form.is_valid() and accepts(
        form,
        lambda: accounts.vouch(
            actor=request.actor,
            request_id=found.pk,
            version=form.cleaned_data["version"],
            confirmed=form.confirmation(),
            today=clock.today(),
        ),
        version=found.version,
    )


@requires(Permission.ACCESS_VOUCH)
def refuse(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Refusing, with a reason."""
    return refuse_page(request, request_id, back_url=reverse("team:requests"))


def refuse_page(request: ActorRequest, request_id: UUID, *, back_url: str) -> HttpResponse:
    """The page on which a champion or an administrator refuses."""
    found = queries.get(request.actor, request_id)
    form = Refuse(request.POST or None, initial={"version": found.version})
    if form.is_valid() and accepts(
        form,
        lambda: accounts.refuse(actor=request.actor, request_id=request_id, today=clock.today(), **form.cleaned_data),
        version=found.version,
    ):
        return went_well(request, _("The request of %(name)s was refused.") % {"name": found.full_name}, back_url)
    context = {
        "title": _("Refuse this request"),
        "lead": found.full_name,
        "form": form,
        "submit": _("Refuse the request"),
        "kind": "warning",
        "cancel_url": back_url,
        "back_url": back_url,
    }
    return render(request, "web/form.html", context)


def _context(request: ActorRequest, found: AccessRequest, form: Vouch) -> dict[str, Any]:
    waits = found.status == AccessRequestStatus.SUBMITTED
    return {
        "title": _("Access request"),
        "rows": request_rows(found),
        "form": form if waits or form.is_bound else None,
        "refuse_url": reverse("team:request_refuse", args=[found.pk]) if waits else "",
        "back_url": reverse("team:requests"),
    }
