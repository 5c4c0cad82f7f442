"""Everything that may be done to a record, each with a sentence that says what it does."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from opensponsor.cases import queries
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.pages import open_record
from opensponsor.web.records.registry import KINDS


@requires(Permission.CASE_READ)
def show(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """All actions of a record."""
    case = queries.get_case(request.actor, case_id)
    kind = KINDS[case.kind]
    opened = open_record(kind, request.actor, case_id)
    context = {
        "name": opened.name,
        "reference": case.reference,
        "actions": kind.actions(opened),
        "back_url": record_url(case.kind, case_id),
    }
    return render(request, "casework/actions.html", context)
