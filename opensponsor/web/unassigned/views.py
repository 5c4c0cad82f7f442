"""The queue of households without a council, and the form that gives one to a council."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.audit import services as audit
from opensponsor.audit.queries import RECORD_OPENED
from opensponsor.identity.permissions import Permission
from opensponsor.visas import queries, services
from opensponsor.visas.queries import UnassignedRow
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import accepts, went_well
from opensponsor.web.casework.forms import OrganisationChoice, VersionForm
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, Pages, SummaryRow, Table, TableRow
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.rows import spaced, visible

_PAGE = 50


class CouncilForm(OrganisationChoice, VersionForm):
    """The council that looks after the household from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation_id"].label = gettext_lazy("Council")
        self.fields["organisation_id"].error_messages["required"] = gettext_lazy("Choose the council")


@requires(Permission.FEED_LOAD)
def queue(request: ActorRequest) -> HttpResponse:
    """The households that wait for a council, the first that came first, with what their applications name."""
    after = _id(request.GET.get("after", ""))
    found = queries.unassigned_households(request.actor, limit=_PAGE + 1, after=after)
    page, more = found[:_PAGE], found[_PAGE:]
    audit.record_access("unassigned.listed", actor=request.actor, count=len(page))
    labels = (_("Household"), _("Lead applicant"), _("Council in the file"), _("Postcode"), _("Added"))
    context = {
        "title": _("Households without a council"),
        "table": Table(
            _("Households"),
            tuple(map(Column, labels)),
            [_line(one) for one in page],
            empty=_("Every household belongs to a council."),
        ),
        "pages": Pages(
            previous_url=reverse("unassigned:list") if after else "",
            next_url=f"?after={page[-1].case_id}" if more else "",
        ),
    }
    return render(request, "unassigned/queue.html", context)


@requires(Permission.FEED_LOAD)
def assign(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """What the file says of where the household goes, and the choice of the council."""
    actor = request.actor
    household = queries.get_unassigned(actor, case_id)
    councils = [(one.pk, one.name) for one in queries.councils_to_take_over(household.nation)]
    first = {"version": household.case_version}
    form = CouncilForm(request.POST or None, organisations=councils, initial=first)
    url = reverse("unassigned:list")
    if form.is_valid() and accepts(
        form,
        lambda: services.assign_to_council(
            actor=actor,
            case_id=case_id,
            version=form.cleaned_data["version"],
            council_id=form.cleaned_data["organisation_id"],
        ),
        version=household.case_version,
    ):
        words = {"household": household.reference, "council": dict(councils)[form.cleaned_data["organisation_id"]]}
        return went_well(request, _("%(household)s belongs to %(council)s now.") % words, url)
    audit.record_access(RECORD_OPENED, actor=actor, case_id=case_id, section="unassigned")
    context = {
        "title": _("Assign %(household)s to a council") % {"household": household.reference},
        "rows": visible(_hints(household)),
        "form": form,
        "submit": _("Assign to the council"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "unassigned/assign.html", context)


def _line(one: UnassignedRow) -> TableRow:
    link = cells.link(reverse("unassigned:assign", args=[one.case_id]), one.reference)
    named = _named(one) or _("None")
    return TableRow((link, one.title, named, spaced(one.proposed_postcode), cells.short_day(one.opened_on)))


def _hints(one: UnassignedRow) -> list[SummaryRow]:
    return [
        SummaryRow(_("Household"), cells.link(record_url("HOUSEHOLD", one.case_id), one.reference)),
        SummaryRow(_("Lead applicant"), one.title),
        SummaryRow(_("Council in the file"), _named(one) or _("None")),
        SummaryRow(_("Proposed address"), one.proposed_address),
        SummaryRow(_("Postcode"), spaced(one.proposed_postcode)),
    ]


def _named(one: UnassignedRow) -> str:
    """What the newest application calls the councils, the lower tier first."""
    return ", ".join(dict.fromkeys(filter(None, (one.lower_authority_name, one.upper_authority_name))))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
