"""The queues of what belongs to no council, and the forms that give it to one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from opensponsor.audit import services as audit
from opensponsor.audit.queries import RECORD_OPENED
from opensponsor.checks.services.summaries import refresh_around
from opensponsor.identity.permissions import Permission
from opensponsor.visas import waiting
from opensponsor.visas.services import placing
from opensponsor.visas.waiting import Queue, Waiting
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import accepts, went_well
from opensponsor.web.casework.forms import OrganisationChoice, VersionForm
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Link, Pages, SummaryRow
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.rows import spaced, visible
from opensponsor.web.unassigned.lines import WORDS, name_of, place_of, table_of

_PAGE = 50


class CouncilChoice(OrganisationChoice):
    """The council that looks after the records from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation_id"]
        field.label = gettext_lazy("Council")
        field.choices = [("", gettext_lazy("Choose a council")), *field.choices[1:]]
        field.error_messages["required"] = gettext_lazy("Choose the council")


class CouncilForm(CouncilChoice, VersionForm):
    """The same for one record in the version that was seen."""


@requires(Permission.FEED_LOAD)
def households(request: ActorRequest) -> HttpResponse:
    """The households that wait for a council, with what their applications name."""
    return _queue(request, Queue.HOUSEHOLDS)


@requires(Permission.FEED_LOAD)
def sponsors(request: ActorRequest) -> HttpResponse:
    """The sponsors and hosts who wait for a council and whom no household names."""
    return _queue(request, Queue.SPONSORS)


@requires(Permission.FEED_LOAD)
def applications(request: ActorRequest) -> HttpResponse:
    """The applications that wait for a council and have no household yet."""
    return _queue(request, Queue.APPLICATIONS)


def _queue(request: ActorRequest, queue: Queue) -> HttpResponse:
    """By number, which grows with time."""
    after = _id_or_none(request.GET.get("after", ""))
    found = waiting.rows(request.actor, queue, limit=_PAGE + 1, after=after)
    page, more = found[:_PAGE], found[_PAGE:]
    audit.record_access("unassigned.listed", actor=request.actor, count=len(page), queue=queue.value)
    words = WORDS[queue]
    context = {
        "title": _("Without a council: %(what)s") % {"what": words.label},
        "about": words.about,
        "queues": [Link(one.label, reverse(one.url_name), one is words) for one in WORDS.values()],
        "table": table_of(queue, page),
        "assign_url": reverse("unassigned:several", args=[queue.value]) if page else "",
        "pages": Pages(
            previous_url=reverse(words.url_name) if after else "",
            next_url=f"?after={page[-1].id}" if more else "",
        ),
    }
    return render(request, "unassigned/queue.html", context)


@require_POST
@requires(Permission.FEED_LOAD)
def assign_several(request: ActorRequest, queue: str) -> HttpResponse:
    """Give the chosen rows to one council. The first post brings the rows, the second the council."""
    if queue not in list(Queue):
        raise Http404
    of, url = Queue(queue), reverse(WORDS[Queue(queue)].url_name)
    versions = _picked(request)
    waiting.check_visible(request.actor, of, list(versions))
    rows = waiting.rows_by_id(request.actor, of, list(versions))
    if not rows:
        messages.warning(request, _("Choose at least one row that still waits for a council."))
        return redirect(url)
    councils = {one.pk: one.name for one in waiting.councils_to_take_over(rows[0].nation)}
    is_confirmed = "organisation_id" in request.POST
    form = CouncilChoice(request.POST if is_confirmed else None, organisations=list(councils.items()))
    if is_confirmed and form.is_valid():
        council_id = form.cleaned_data["organisation_id"]
        known: list[str] = []
        if accepts(form, lambda: known.extend(_assign(request, of, versions, council_id))):
            words = ngettext(
                "%(number)s record went to %(council)s.", "%(number)s records went to %(council)s.", len(rows)
            )
            say_known(request, known, councils[council_id])
            return went_well(request, words % {"number": len(rows), "council": councils[council_id]}, url)
    return render(request, "unassigned/several.html", _chosen(of, rows, versions, form, url))


def _assign(request: ActorRequest, queue: Queue, versions: Mapping[UUID, int], council_id: int) -> tuple[str, ...]:
    done = placing.assign_waiting(actor=request.actor, queue=queue, versions=versions, council_id=council_id)
    if queue == Queue.HOUSEHOLDS:
        refresh_around(versions)
    return done.known


def say_known(request: ActorRequest, known: list[str], council: str) -> None:
    """A sponsor is recorded once by each council: the record that is there counts from now on."""
    if known:
        sentence = _("%(council)s had recorded these sponsors already, and its records are used: %(names)s.")
        messages.info(request, sentence % {"council": council, "names": ", ".join(filter(None, known))})


def _chosen(
    queue: Queue, rows: list[Waiting], versions: Mapping[UUID, int], form: CouncilChoice, url: str
) -> dict[str, Any]:
    count = ngettext("%(number)s record is chosen.", "%(number)s records are chosen.", len(rows))
    return {
        "title": _("Assign to a council: %(what)s") % {"what": WORDS[queue].label},
        "about": WORDS[queue].about,
        "count": count % {"number": len(rows)},
        "names": [(name_of(one), place_of(one)) for one in rows],
        "picks": [f"{id_}:{version}" for id_, version in versions.items()],
        "form": form,
        "cancel_url": url,
        "back_url": url,
    }


def _picked(request: ActorRequest) -> dict[UUID, int]:
    pairs = (value.partition(":") for value in request.POST.getlist("pick")[:_PAGE])
    found = ((_id_or_none(id_), version) for id_, _colon, version in pairs)
    return {id_: int(version) if version.isdecimal() else 0 for id_, version in found if id_}


@requires(Permission.FEED_LOAD)
def assign(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """What the file says of where the household goes, and the choice of the council."""
    actor = request.actor
    household = waiting.get_waiting(actor, Queue.HOUSEHOLDS, case_id)
    councils = {one.pk: one.name for one in waiting.councils_to_take_over(household.nation)}
    first = {"version": household.version}
    form = CouncilForm(request.POST or None, organisations=list(councils.items()), initial=first)
    url = reverse("unassigned:list")
    known: list[str] = []

    def act() -> None:
        given = form.cleaned_data
        council_id = given["organisation_id"]
        known.extend(
            placing.assign_to_council(actor=actor, case_id=case_id, version=given["version"], council_id=council_id)
        )

    if form.is_valid() and accepts(form, act, version=household.version):
        refresh_around([case_id])
        council = councils[form.cleaned_data["organisation_id"]]
        say_known(request, known, council)
        words = {"household": household.reference, "council": council}
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


def _hints(one: Waiting) -> list[SummaryRow]:
    return [
        SummaryRow(_("Household"), cells.link(record_url("HOUSEHOLD", one.id), one.reference)),
        SummaryRow(_("Lead applicant"), one.title),
        SummaryRow(_("Council in the file"), one.named or _("None")),
        SummaryRow(_("Proposed address"), one.address),
        SummaryRow(_("Postcode"), spaced(one.postcode)),
    ]


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
