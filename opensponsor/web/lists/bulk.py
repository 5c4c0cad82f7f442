"""Doing something to the chosen rows of a list: first a page that names them, then the act, all or nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from opensponsor.cases.services.bulk import assign_cases
from opensponsor.core import clock
from opensponsor.core.refusals import Refused
from opensponsor.identity import queries as identity
from opensponsor.saved_views import queries
from opensponsor.web.access import ActorRequest
from opensponsor.web.lists import reading
from opensponsor.web.lists.cells import name_of
from opensponsor.web.lists.forms import Assign
from opensponsor.web.lists.pages import ListPage, Reading

# Nobody reads the names of more on the page that asks.
MOST_AT_ONCE = 500


@require_POST
def assign(request: ActorRequest, page: ListPage) -> HttpResponse:
    """Give the chosen records to a colleague. The first post brings the rows, the second the colleague."""
    read, _views, _form = reading.read(request, page)
    rows = _chosen(request, read)
    if not rows:
        messages.warning(request, _("Choose at least one row."))
        return redirect(read.address())
    if len(rows) > MOST_AT_ONCE:
        messages.warning(request, _("Choose at most %(number)s rows at once.") % {"number": MOST_AT_ONCE})
        return redirect(read.address())
    is_confirmed = "assignee" in request.POST
    form = Assign(_colleagues(request), request.POST if is_confirmed else None)
    if is_confirmed and form.is_valid():
        try:
            done = _assign(request, form.cleaned_data["assignee"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(number)s record was assigned.", "%(number)s records were assigned.", done)
            messages.success(request, words % {"number": done})
            return redirect(read.address())
    return render(request, "lists/assign.html", _context(read, rows, form))


def _chosen(request: ActorRequest, read: Reading) -> Sequence[Any]:
    """The rows that the post names, or every row of the list. A row that is not there for the reader is a 404."""
    definition = read.page.definition
    if request.POST.get("all_rows"):
        ids = queries.ids_of(request.actor, definition, read.state, most=MOST_AT_ONCE + 1)
    else:
        ids = list(dict.fromkeys(_id(value.partition(":")[0]) for value in request.POST.getlist("pick")))
    return queries.chosen_rows(request.actor, definition, ids[: MOST_AT_ONCE + 1])


def _assign(request: ActorRequest, assignee_id: int) -> int:
    """Assign what the page showed, in the versions that it showed."""
    pairs = (value.partition(":") for value in request.POST.getlist("pick"))
    versions = {_id(case_id): int(version) if version.isdecimal() else 0 for case_id, _colon, version in pairs}
    cases = assign_cases(actor=request.actor, versions=versions, assignee_id=assignee_id or None, today=clock.today())
    return len(cases)


def _colleagues(request: ActorRequest) -> list[tuple[str, str]]:
    found = identity.colleagues(request.actor, today=clock.today())
    return [(str(user_id), name) for user_id, name in found.values_list("pk", "full_name")]


def _context(read: Reading, rows: Sequence[Any], form: Assign) -> dict[str, Any]:
    count = ngettext("%(number)s record is chosen.", "%(number)s records are chosen.", len(rows))
    return {
        "title": _("Assign these records?"),
        "count": count % {"number": len(rows)},
        "names": [name_of(row) for row in rows],
        "picks": [f"{row.case_id}:{row.case_version}" for row in rows],
        "form": form,
        "submit": _("Assign"),
        "cancel_url": read.address(),
        "back_url": read.address(),
    }


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
