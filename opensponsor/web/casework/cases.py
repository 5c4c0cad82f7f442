"""Pages about the case itself: opening it, all its actions, assigning, sharing, transferring, closing."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.cases import queries
from opensponsor.cases.models import Case, Share
from opensponsor.cases.services import cases as services
from opensponsor.checks.services.summaries import refreshing
from opensponsor.core import clock
from opensponsor.core.hiding import shown
from opensponsor.identity import queries as identity
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework import forms
from opensponsor.web.casework.answers import accepts, cannot_work_on, went_well
from opensponsor.web.records.addresses import record_url


@requires(Permission.CASE_READ)
def show(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """To the record of the case, whatever its kind."""
    case = queries.get_case(request.actor, case_id)
    return redirect(record_url(case.kind, case_id))


@requires(Permission.CASE_ASSIGN)
def assign(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Choosing who is responsible."""
    case = queries.get_case_to_change(request.actor, case_id)
    url = record_url(case.kind, case_id)
    if refusal := cannot_work_on(request, case, Permission.CASE_ASSIGN):
        return refusal
    today = clock.today()
    people = [(user.pk, user.full_name) for user in identity.colleagues(request.actor, today=today)]
    first = {"version": case.version, "assignee_id": case.assignee_id or request.actor.user_id}
    form = forms.AssignForm(request.POST or None, initial=first, assignees=people)
    if form.is_valid() and accepts(
        form,
        lambda: services.assign_case(actor=request.actor, case_id=case_id, today=today, **form.cleaned_data),
        version=case.version,
    ):
        name = dict(people).get(form.cleaned_data["assignee_id"])
        done = _("Given to %(name)s.") % {"name": name} if name else _("The record has no caseworker any more.")
        return went_well(request, done, url)
    return _page(request, case, form, title=_("Assign this record"), submit=_("Assign"))


@requires(Permission.CASE_SHARE)
def share(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Letting another organisation read the record; with whom it is shared now."""
    case = queries.get_case_to_change(request.actor, case_id)
    url = record_url(case.kind, case_id)
    if refusal := cannot_work_on(request, case, Permission.CASE_SHARE):
        return refusal
    bodies = {body.pk: body.name for body in queries.organisations_to_share_with(case)}
    form = forms.ShareForm(request.POST or None, organisations=list(bodies.items()))
    if form.is_valid() and accepts(
        form,
        lambda: services.share_case(actor=request.actor, case_id=case_id, today=clock.today(), **form.cleaned_data),
    ):
        name = bodies[form.cleaned_data["organisation_id"]]
        done = _("Shared with %(organisation)s.") % {"organisation": name}
        return went_well(request, done, reverse("casework:share", args=[case_id]))
    context = {
        "title": _("Share this record"),
        "case": case,
        "shares": queries.shares_of(request.actor, case_id),
        "form": form,
        "submit": _("Share"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "casework/share.html", context)


@requires(Permission.CASE_SHARE)
def end_share(request: ActorRequest, share_id: UUID) -> HttpResponse:
    """Asks once, then ends the sharing at once."""
    found = queries.get_row_to_change(request.actor, Share, share_id)
    name = found.organisation.name
    url = reverse("casework:share", args=[found.case_id])
    form = forms.VersionForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and accepts(
        form,
        lambda: services.end_share(actor=request.actor, share_id=share_id, today=clock.today(), **form.cleaned_data),
        version=found.version,
    ):
        return went_well(request, _("No longer shared with %(organisation)s.") % {"organisation": name}, url)
    context = {
        "title": _("Stop sharing with %(organisation)s?") % {"organisation": name},
        "text": _("They lose sight of the record at once. You can share it again later."),
        "form": form,
        "submit": _("Stop sharing"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)


@requires(Permission.CASE_CLOSE)
def close(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Asks once, then closes the record."""
    case = queries.get_case_to_change(request.actor, case_id)
    url = record_url(case.kind, case_id)
    if refusal := cannot_work_on(request, case, Permission.CASE_CLOSE):
        return refusal
    form = forms.VersionForm(request.POST or None, initial={"version": case.version})
    if form.is_valid() and accepts(
        form,
        lambda: refreshing(
            case_id,
            lambda: services.close_case(actor=request.actor, case_id=case_id, today=clock.today(), **form.cleaned_data),
        ),
        version=case.version,
    ):
        return went_well(request, _("The record is closed."), url)
    waiting = [line.title for line in queries.tasks_of_case(request.actor, case_id) if line.completed_at is None]
    context = {
        "title": _("Close this record?"),
        "text": _("%(name)s is closed from today. Notes can still be added.") % {"name": name_of(request, case)},
        "names": waiting,
        "count": _("Tasks that are not complete: %(number)s") % {"number": len(waiting)} if waiting else "",
        "warning": _("Only the national team can reopen a closed record, when a data champion asks."),
        "form": form,
        "submit": _("Close the record"),
        "kind": "warning",
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)


def name_of(request: ActorRequest, case: Case) -> str:
    """What the record is called for this reader."""
    return str(shown(request.actor, case, "title")) or case.reference


def _page(request: ActorRequest, case: Case, form: Any, *, title: str, submit: str) -> HttpResponse:
    url = record_url(case.kind, case.pk)
    context = {
        "title": title,
        "lead": f"{name_of(request, case)}, {case.reference}",
        "form": form,
        "submit": submit,
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/form.html", context)
