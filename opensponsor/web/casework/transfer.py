"""Handing a record to another council: choose it, be told what that means, confirm."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.cases import queries
from opensponsor.cases.models import Case
from opensponsor.cases.services import cases as services
from opensponsor.checks.services.summaries import refresh_around
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import accepts, cannot_work_on, went_well
from opensponsor.web.casework.cases import name_of
from opensponsor.web.casework.forms import ConfirmTransferForm, TransferForm
from opensponsor.web.components.shell import address
from opensponsor.web.records.addresses import NAMESPACES, record_url


@requires(Permission.CASE_TRANSFER)
def transfer(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The way of a transfer: a form, an interruption, and the list of what is left (ORG-003)."""
    case = queries.get_case_to_change(request.actor, case_id)
    if refusal := cannot_work_on(request, case, Permission.CASE_TRANSFER):
        return refusal
    bodies = {body.pk: body.name for body in queries.organisations_to_take_over(case)}
    confirmed = ConfirmTransferForm(request.POST or None)
    if confirmed.is_valid():
        given = confirmed.cleaned_data
        if accepts(
            confirmed,
            lambda: services.transfer_case(
                actor=request.actor,
                case_id=case_id,
                version=given["version"],
                new_owner_id=given["organisation_id"],
            ),
            version=case.version,
        ):
            refresh_around([case_id])
            name = bodies.get(given["organisation_id"], "")
            done = _("Transferred to %(organisation)s. You no longer see the record.") % {"organisation": name}
            return went_well(request, done, _list_url(case))
        return _choose(request, case, confirmed, bodies)
    form = TransferForm(request.POST or None, organisations=list(bodies.items()))
    if form.is_valid():
        return _interrupt(request, case, form.cleaned_data["organisation_id"], bodies)
    return _choose(request, case, form, bodies)


def _choose(
    request: ActorRequest, case: Case, form: TransferForm | ConfirmTransferForm, bodies: dict[int, str]
) -> HttpResponse:
    """The form; after a refusal with the sentence that says why."""
    shown_form = form
    if isinstance(form, ConfirmTransferForm):
        shown_form = TransferForm(
            {"organisation_id": form.cleaned_data["organisation_id"]}, organisations=list(bodies.items())
        )
        for sentence in form.non_field_errors():
            shown_form.add_error(None, sentence)
    url = record_url(case.kind, case.pk)
    context = {
        "title": _("Transfer this record to another council"),
        "lead": f"{name_of(request, case)}, {case.reference}",
        "form": shown_form,
        "submit": _("Continue"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/form.html", context)


def _interrupt(request: ActorRequest, case: Case, organisation_id: int, bodies: dict[int, str]) -> HttpResponse:
    """Stops once: what moves, and what the old owner loses."""
    first = {"version": case.version, "organisation_id": organisation_id, "is_confirmed": "on"}
    words = {"name": name_of(request, case), "organisation": bodies[organisation_id]}
    context = {
        "title": _("Transfer %(name)s to %(organisation)s?") % words,
        "text": [
            _("Everything on the record moves: people, notes, tasks and history."),
            _("You and your colleagues lose sight of it at once."),
            _("Open tasks are no longer anybody's. %(organisation)s gives them to its own people.") % words,
            _("Only %(organisation)s can transfer it back.") % words,
        ],
        "submit": _("Transfer the record"),
        "form": ConfirmTransferForm(initial=first),
        "back_url": reverse("casework:transfer", args=[case.pk]),
    }
    return render(request, "web/interruption.html", context)


def _list_url(case: Case) -> str:
    return address(f"{NAMESPACES[case.kind]}:list") or reverse("home")
