"""Asking the national team for what a council may not do itself; only a data champion asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import ApprovalRequest, Case
from opensponsor.cases.services import requests as services
from opensponsor.cases.states import RequestKind
from opensponsor.core import clock
from opensponsor.core.hiding import Hidden
from opensponsor.hosts import queries as hosts_queries
from opensponsor.hosts import services as hosts
from opensponsor.identity.permissions import Permission
from opensponsor.people import queries as people_queries
from opensponsor.people import services as people
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import accepts, told_no, went_well
from opensponsor.web.casework.forms import LongReasonForm, VersionForm
from opensponsor.web.households.record import name_of
from opensponsor.web.records.addresses import record_url


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page asks of the national team: about which row of the case, in which words, and how it is sent."""

    kind: RequestKind
    title: str
    send: Callable[..., object]
    check: Callable[[Case], None]
    subject_id: UUID | None = None
    about: str | Hidden = ""


@requires(Permission.REQUEST_RAISE)
def reopen(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Asking to reopen a closed record, or taking the request back (ORG-034, ORG-036)."""
    send = partial(services.raise_request, case_id=case_id, kind=RequestKind.REOPEN_CASE)
    title = _("Ask the national team to reopen this record")
    return ask_page(request, case_id, Ask(RequestKind.REOPEN_CASE, title, send, policies.check_is_closed))


@requires(Permission.REQUEST_RAISE)
def remove_address(request: ActorRequest, case_id: UUID, address_id: UUID) -> HttpResponse:
    """Asking to remove an old address of a sponsor or host, or taking the request back (ORG-035)."""
    address = hosts_queries.get_address(request.actor, case_id, address_id)
    send = partial(hosts.ask_to_remove_address, address_id=address_id, today=clock.today())
    title = _("Ask the national team to remove this address")
    ask = Ask(RequestKind.REMOVE_ADDRESS, title, send, policies.check_is_open, address_id, address.address)
    return ask_page(request, case_id, ask)


@requires(Permission.REQUEST_RAISE)
def person_died(request: ActorRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Asking to take somebody who has died out of the active records, or taking the request back (ORG-035)."""
    member = people_queries.get_member(request.actor, case_id, person_id)
    send = partial(people.ask_to_make_inactive, person_id=person_id)
    title = _("Ask the national team to take somebody who has died out of the active records")
    ask = Ask(RequestKind.PERSON_DIED, title, send, policies.check_is_open, person_id, name_of(member))
    return ask_page(request, case_id, ask)


def ask_page(request: ActorRequest, case_id: UUID, ask: Ask) -> HttpResponse:
    """The form that asks, or the request that waits already."""
    case = queries.get_case_to_change(request.actor, case_id)
    url = record_url(case.kind, case_id)
    may_work = partial(permissions.check_may_work_on, request.actor, case, Permission.REQUEST_RAISE)
    if refusal := told_no(request, may_work, partial(ask.check, case), url=url):
        return refusal
    waiting = queries.open_request_of(request.actor, case_id, ask.kind, ask.subject_id)
    form = LongReasonForm(request.POST or None)
    if form.is_valid() and accepts(form, lambda: ask.send(actor=request.actor, **form.cleaned_data)):
        return went_well(request, _("The national team was asked."), url)
    context = {
        "title": ask.title,
        "about": ask.about,
        "waiting": waiting,
        "withdraw_url": reverse("casework:request_withdraw", args=[waiting.pk]) if waiting else "",
        "form": form,
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "casework/ask.html", context)


@requires(Permission.REQUEST_RAISE)
def withdraw(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Taking a request back before it is decided."""
    found = queries.get_row_to_change(request.actor, ApprovalRequest, request_id)
    url = record_url(found.case.kind, found.case_id)
    form = VersionForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and accepts(
        form,
        lambda: services.withdraw_request(actor=request.actor, request_id=request_id, **form.cleaned_data),
        version=found.version,
    ):
        return went_well(request, _("The request was withdrawn."), url)
    context = {
        "title": _("Withdraw the request?"),
        "text": found.reason,
        "form": form,
        "submit": _("Withdraw the request"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)
