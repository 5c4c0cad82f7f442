"""The page that gives applications, which a council was given by mistake, to the right one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.audit.queries import RECORD_OPENED
from opensponsor.identity.models import Organisation
from opensponsor.identity.permissions import Permission
from opensponsor.visas import waiting
from opensponsor.visas.services import placing
from opensponsor.visas.waiting import Waiting
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import accepts, went_well
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import SummaryRow
from opensponsor.web.records.rows import spaced, visible
from opensponsor.web.unassigned.views import CouncilForm, say_known


@requires(Permission.FEED_LOAD)
def give_on(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """What the file says of where the applications go, and the choice of the council that gets them instead."""
    one, former = waiting.get_given(request.actor, application_id)
    councils = {at.pk: at.name for at in waiting.councils_to_take_over(one.nation) if at.pk != former.pk}
    form = CouncilForm(request.POST or None, organisations=list(councils.items()), initial={"version": one.version})
    url = reverse("applications:record", args=[application_id])
    known: list[str] = []

    def act() -> None:
        known.extend(placing.give_on(actor=request.actor, application_id=application_id, **_chosen(form)))

    if form.is_valid() and accepts(form, act, version=one.version):
        council = councils[form.cleaned_data["organisation_id"]]
        say_known(request, known, council)
        words = {"application": one.reference, "council": council, "former": former.name}
        return went_well(
            request, _("%(application)s belongs to %(council)s now. %(former)s no longer sees it.") % words, url
        )
    audit.record_access(
        RECORD_OPENED,
        actor=request.actor,
        owner_id=former.pk,
        table="visas_application",
        row=application_id,
        section="unassigned",
    )
    context = {
        "title": _("Give %(application)s to another council") % {"application": one.reference},
        "rows": visible(_hints(one, former, url)),
        "form": form,
        "submit": _("Give to the council"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "unassigned/given.html", context)


def _chosen(form: CouncilForm) -> dict[str, int]:
    return {"version": form.cleaned_data["version"], "council_id": form.cleaned_data["organisation_id"]}


def _hints(one: Waiting, former: Organisation, url: str) -> list[SummaryRow]:
    return [
        SummaryRow(_("Application"), cells.link(url, one.reference)),
        SummaryRow(_("Submitted together"), str(one.count)),
        SummaryRow(_("Council now"), former.name),
        SummaryRow(_("Council in the file"), one.named or _("None")),
        SummaryRow(_("Proposed address"), one.address),
        SummaryRow(_("Postcode"), spaced(one.postcode)),
    ]
