"""Deciding what councils ask of the national team."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.cases import queries
from opensponsor.cases.models import ApprovalRequest
from opensponsor.cases.services import requests as services
from opensponsor.cases.states import RequestKind
from opensponsor.checks.services.summaries import refresh_around
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import Hidden, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.hosts import queries as hosts_queries
from opensponsor.hosts import services as hosts
from opensponsor.identity.permissions import Permission
from opensponsor.people import queries as people_queries
from opensponsor.people import services as people
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import accepts, went_well
from opensponsor.web.casework.forms import DecisionForm
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, SummaryRow, Table, TableRow
from opensponsor.web.households.record import name_of
from opensponsor.web.records.addresses import record_url


def _decide_reopening(*, today: dt.date, **given: Any) -> None:
    services.decide_reopening(**given)


_DECIDED_BY: Mapping[RequestKind, Callable[..., None]] = {
    RequestKind.REOPEN_CASE: _decide_reopening,
    RequestKind.REMOVE_ADDRESS: hosts.decide_removal,
    RequestKind.PERSON_DIED: people.decide_making_inactive,
}


@requires(Permission.REQUEST_DECIDE)
def queue(request: ActorRequest) -> HttpResponse:
    """The requests that wait for a decision, the oldest first."""
    rows = [
        TableRow(
            (
                cells.link(reverse("casework:request_decide", args=[one.pk]), one.case.reference),
                RequestKind(one.kind).label,
                one.owner.name,
                one.raised_by.full_name,
                cells.moment(one.created_at),
            )
        )
        for one in queries.requests_to_decide(request.actor)
    ]
    labels = (_("Record"), _("Request"), _("Organisation"), _("Asked by"), _("Asked"))
    table = Table(_("Requests"), tuple(Column(label) for label in labels), rows, _("No request waits for a decision."))
    return render(request, "casework/requests.html", {"title": _("Requests of councils"), "table": table})


@requires(Permission.REQUEST_DECIDE)
def decide(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Approving or refusing, with the reason of who asked in sight."""
    found = queries.get_row(request.actor, ApprovalRequest, request_id)
    url = reverse("casework:requests")
    form = DecisionForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and accepts(
        form,
        lambda: _DECIDED_BY[RequestKind(found.kind)](
            actor=request.actor,
            request_id=request_id,
            version=form.cleaned_data["version"],
            approve=form.cleaned_data["approve"] == "yes",
            reason=form.cleaned_data["reason"],
            today=clock.today(),
        ),
        version=found.version,
    ):
        refresh_around([found.case_id])
        is_approved = form.cleaned_data["approve"] == "yes"
        return went_well(request, _("Approved and done.") if is_approved else _("The request was refused."), url)
    context = {
        "title": RequestKind(found.kind).label,
        "rows": _rows(request, found),
        "form": form,
        "submit": _("Decide"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "casework/decide.html", context)


def _rows(request: ActorRequest, found: ApprovalRequest) -> list[SummaryRow]:
    name = shown(request.actor, found.case, "title") or found.case.reference
    return [
        SummaryRow(_("Record"), cells.link(record_url(found.case.kind, found.case_id), name)),
        *_subject(request, found),
        SummaryRow(_("Organisation"), found.owner.name),
        SummaryRow(_("Asked by"), found.raised_by.full_name),
        SummaryRow(_("Asked"), found.created_at),
        SummaryRow(_("Reason"), found.reason),
    ]


def _subject(request: ActorRequest, found: ApprovalRequest) -> list[SummaryRow]:
    """The row of the record that is meant, if it is not the record itself; it may have left the record meanwhile."""
    if found.subject_id is None:
        return []
    if found.kind == RequestKind.REMOVE_ADDRESS:
        return [SummaryRow(_("Address"), _address(request.actor, found.case_id, found.subject_id))]
    return [SummaryRow(_("Person"), _person(request.actor, found.case_id, found.subject_id))]


def _address(actor: Actor, case_id: UUID, address_id: UUID) -> str | Hidden:
    try:
        return hosts_queries.get_address(actor, case_id, address_id).address
    except NotVisible:
        return _("No longer on the record")


def _person(actor: Actor, case_id: UUID, person_id: UUID) -> str:
    person = people_queries.find_person(actor, person_id)
    if person is None:
        return _("No longer on the record")
    name = name_of(person)
    return name if person.case_id == case_id else _("%(name)s, no longer in this household") % {"name": name}
