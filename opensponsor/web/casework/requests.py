"""Requests to the national team: a data champion asks, a national administrator decides."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import ApprovalRequest
from opensponsor.cases.services import requests as services
from opensponsor.cases.states import RequestKind
from opensponsor.checks.jobs import refresh_later
from opensponsor.core.hiding import shown
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import accepts, told_no, went_well
from opensponsor.web.casework.forms import DecisionForm, LongReasonForm, VersionForm
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, SummaryRow, Table, TableRow
from opensponsor.web.records.addresses import record_url


@requires(Permission.REQUEST_RAISE)
def reopen(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Asking to reopen a closed record, or taking the request back (ORG-034, ORG-036)."""
    case = queries.get_case_to_change(request.actor, case_id)
    url = record_url(case.kind, case_id)
    may_work = partial(permissions.check_may_work_on, request.actor, case, Permission.REQUEST_RAISE)
    if refusal := told_no(request, may_work, partial(policies.check_is_closed, case), url=url):
        return refusal
    waiting = queries.open_request_of(request.actor, case_id)
    form = LongReasonForm(request.POST or None)
    if form.is_valid() and accepts(
        form,
        lambda: services.raise_request(
            actor=request.actor, case_id=case_id, kind=RequestKind.REOPEN_CASE, **form.cleaned_data
        ),
    ):
        return went_well(request, _("The national team was asked to reopen the record."), url)
    context = {
        "title": _("Ask the national team to reopen this record"),
        "waiting": waiting,
        "withdraw_url": reverse("casework:request_withdraw", args=[waiting.pk]) if waiting else "",
        "form": form,
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "casework/reopen.html", context)


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
        lambda: services.decide_request(
            actor=request.actor,
            request_id=request_id,
            version=form.cleaned_data["version"],
            approve=form.cleaned_data["approve"] == "yes",
            reason=form.cleaned_data["reason"],
        ),
        version=found.version,
    ):
        refresh_later(found.case_id)
        is_approved = form.cleaned_data["approve"] == "yes"
        done = _("Approved: the record is open again.") if is_approved else _("The request was refused.")
        return went_well(request, done, url)
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
        SummaryRow(_("Organisation"), found.owner.name),
        SummaryRow(_("Asked by"), found.raised_by.full_name),
        SummaryRow(_("Asked"), found.created_at),
        SummaryRow(_("Reason"), found.reason),
    ]
