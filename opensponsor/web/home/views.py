"""The home page: what needs doing, and what the reader looked at last."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opensponsor.audit import queries as audit
from opensponsor.cases import queries
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.prompts import Prompt
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, signed_in
from opensponsor.web.casework.task_lines import grouped, prompt_shape, shape_of
from opensponsor.web.components.shapes import Link
from opensponsor.web.home.prompts import gather
from opensponsor.web.records.addresses import record_url

MOST_RECENT = 8


@signed_in
def home(request: ActorRequest) -> HttpResponse:
    """Tasks and prompts by urgency, each saying why it is there and what clears it."""
    actor, today = request.actor, clock.today()
    things = [(prompt.due_on, prompt_shape(prompt, _url_of(prompt), today)) for prompt in gather(actor, today)]
    if actor.may(Permission.TASK_WRITE):
        lines = queries.my_open_tasks(actor)
        things += [(line.due_on, shape_of(line, today, with_record=True)) for line in lines]
    context = {"groups": grouped(things, today), "recent": _recent(actor)}
    return render(request, "home/home.html", context)


def _url_of(prompt: Prompt) -> str:
    return reverse("casework:case", args=[prompt.case_id]) if prompt.case_id else reverse(prompt.page)


def _recent(actor: Actor) -> list[Link]:
    """The records that the reader opened last, as far as they still see them."""
    cases = queries.cases_by_id(actor, audit.opened_lately(actor, limit=MOST_RECENT))
    return [
        Link(f"{case.title}, {case.reference}" if case.title else case.reference, record_url(case.kind, case.id))
        for case in cases
    ]
