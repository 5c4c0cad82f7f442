"""Recording the open checks of a household on one page, saved once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opensponsor.cases.states import CaseKind
from opensponsor.checks import queries
from opensponsor.checks.queries import HouseholdChecks
from opensponsor.checks.rules.summary import Why
from opensponsor.checks.services.checks import record_checks
from opensponsor.checks.states import CheckType
from opensponsor.core import clock
from opensponsor.identity.permissions import Permission
from opensponsor.people.queries import HouseholdRecord, get_household
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.account.drafts import autosave_url, forget_draft, initial_from_draft
from opensponsor.web.casework.answers import accepts, cannot_edit
from opensponsor.web.casework.forms import WARNING
from opensponsor.web.checks.household_form import HouseholdChecksForm, Line
from opensponsor.web.checks.section import name_of, told
from opensponsor.web.checks.words import explanation
from opensponsor.web.components import cells
from opensponsor.web.records.addresses import record_url


@requires(Permission.HOUSEHOLD_WRITE)
def record_open_checks(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Every open check that the reader may record: one answer for all of them, others for those that differ."""
    actor = request.actor
    if refusal := cannot_edit(request, case_id, Permission.HOUSEHOLD_WRITE):
        return refusal
    household = get_household(actor, case_id)
    checks = queries.household_checks(actor, household, today=clock.today())
    lines = _lines(request, household, checks)
    form = HouseholdChecksForm(request.POST or None, lines=lines, initial=initial_from_draft(request))
    if form.is_valid() and _save(request, form):
        forget_draft(request)
        _say(request, form)
        return redirect(record_url(CaseKind.HOUSEHOLD, case_id, "checks"))
    return render(request, "checks/household.html", _context(request, household, checks, form))


def _save(request: ActorRequest, form: HouseholdChecksForm) -> bool:
    """Whether everything was saved. Whoever was faster is told of when the form is sent again."""
    recordings, today = form.recordings, clock.today()

    def act() -> None:
        record_checks(actor=request.actor, recordings=recordings, today=today)

    return accepts(form, act)


def _say(request: ActorRequest, form: HouseholdChecksForm) -> None:
    """What was saved, check by check, and what was left because somebody else was faster."""
    messages.success(request, _("Saved: %(checks)s.") % {"checks": _listed(form.recorded)})
    if form.overtaken:
        sentence = _("Somebody else recorded these meanwhile, so they were left as they are: %(checks)s.")
        messages.warning(request, sentence % {"checks": _listed(form.overtaken)})


def _listed(lines: list[Line]) -> str:
    return "; ".join(line.heading for line in lines)


def _context(
    request: ActorRequest, household: HouseholdRecord, checks: HouseholdChecks, form: HouseholdChecksForm
) -> dict[str, Any]:
    status = checks.summary.status
    url = record_url(CaseKind.HOUSEHOLD, household.case_id, "checks")
    return {
        "title": _("Record the open checks"),
        "lead": f"{household.title}, {household.reference}" if household.title else household.reference,
        "status": cells.status_tag(status, status.label),
        "form": form,
        "depth": _depth(request, household, checks),
        "warning": WARNING,
        "cancel_url": url,
        "back_url": url,
        "autosave_url": autosave_url(request),
    }


def _depth(request: ActorRequest, household: HouseholdRecord, checks: HouseholdChecks) -> list[str]:
    """Because of whom the check of a sponsor has to be Enhanced."""
    children = tuple(reason for reason in checks.summary.reasons if reason.code == Why.CHILD)
    about_them = replace(checks, summary=replace(checks.summary, reasons=children))
    return explanation(request.actor, about_them, household.members).background


def _lines(request: ActorRequest, household: HouseholdRecord, checks: HouseholdChecks) -> list[Line]:
    """The open checks, or those that the form was sent for: one of them may have been recorded meanwhile."""
    lines = [
        Line(
            check=one,
            case_id=one.case_id,
            heading=name_of(one, checks.names),
            told=told(one),
            is_open=queries.still_open(checks, one),
            day=household.arrived_on if one.type == CheckType.ARRIVED else None,
        )
        for one in queries.recordable(request.actor, checks)
        if one.case_id
    ]
    if request.method != "POST":
        return [line for line in lines if line.is_open]
    return [line for line in lines if line.name("version") in request.POST]
