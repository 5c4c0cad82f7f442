"""The rows of a file that were not taken: on a page, and as a file to send back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core.hiding import HIDDEN, shown
from opensponsor.feeds import queries
from opensponsor.feeds.codes import Reason
from opensponsor.feeds.models import Reject
from opensponsor.identity.permissions import Permission
from opensponsor.saved_views.files import csv_file
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components.shapes import Action, Column, Pages, Table, TableRow

_PAGE = 50


@requires(Permission.FEED_LOAD)
def listed(request: ActorRequest, load_id: UUID) -> HttpResponse:
    """Line, field and reason, in the order of the file."""
    load = queries.get_load(request.actor, load_id)
    found = queries.rejects(request.actor, load_id, after=_after(request.GET.get("after", "")), limit=_PAGE + 1)
    page, more = found[:_PAGE], found[_PAGE:]
    audit.record_access("rejects.listed", actor=request.actor, owner_id=load.owner_id, count=len(page))
    rows = [TableRow((_("Line %(line)s") % {"line": one.line}, *_cells(request, one)[1:])) for one in page]
    columns = tuple(map(Column, _headings()))
    context = {
        "title": _("Rows that were not taken"),
        "table": Table(_("Rows"), columns, rows, _("Every row was taken.")),
        "actions": [Action(_("Take the list as a CSV file"), reverse("feeds:rejects_file", args=[load_id]))],
        "pages": Pages(next_url=f"?after={page[-1].line}-{page[-1].pk}" if more else ""),
        "back_url": reverse("feeds:load", args=[load_id]),
    }
    return render(request, "feeds/list.html", context)


@requires(Permission.FEED_LOAD)
def taken(request: ActorRequest, load_id: UUID) -> HttpResponse:
    """The same as a file, harmless to a spreadsheet."""
    load = queries.get_load(request.actor, load_id)
    lines = [_cells(request, one) for one in queries.all_rejects(request.actor, load_id)]
    audit.record_access("rejects.exported", actor=request.actor, owner_id=load.owner_id, count=len(lines))
    response = HttpResponse(csv_file.write(_headings(), lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="not-taken-{load.created_at:%Y-%m-%d}.csv"'
    return response


def _headings() -> tuple[str, ...]:
    return _("Line"), _("Field"), _("Why"), _("What stood there")


def _cells(request: ActorRequest, reject: Reject) -> list[Any]:
    value = shown(request.actor, reject, "value")
    return [reject.line, reject.field, str(Reason(reject.reason).label), "" if value is HIDDEN else value]


def _after(text: str) -> tuple[int, int] | None:
    """The line and id of the last row of the page before."""
    line, _dash, reject_id = text.partition("-")
    is_sound = line.isdecimal() and reject_id.isdecimal() and len(line) < 10 and len(reject_id) < 19
    return (int(line), int(reject_id)) if is_sound else None
