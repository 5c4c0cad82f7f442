"""Notes and activity: one stream with filters, page by page."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.cases import timeline
from opensponsor.cases.timeline import Entry, Show
from opensponsor.identity.permissions import Permission
from opensponsor.web.components.shapes import Link, Pages
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.entries import entries_of
from opensponsor.web.records.kinds import Kind, Opened

ON_A_PAGE = 30
FILTERS: tuple[tuple[Show, Any], ...] = (
    (Show.ALL, gettext_lazy("Everything")),
    (Show.NOTES, gettext_lazy("Notes")),
    (Show.CHANGES, gettext_lazy("Changes")),
    (Show.EVENTS, gettext_lazy("Events")),
)


def content(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """A page of the stream. The address holds the filter and the time after which the page ends."""
    show, before = _asked(request.GET)
    url = record_url(opened.code, opened.record.case_id, "notes")
    stream = timeline.stream(opened.actor, opened.record.case_id, show=show, limit=ON_A_PAGE + 1, before=before)
    shown, next_url = _cut(stream, url, show)
    return {
        "entries": entries_of(opened.actor, shown, kind.row_names(opened)),
        "filters": [Link(label, f"{url}?show={one.value}", one == show) for one, label in FILTERS],
        "pages": Pages(f"{url}?show={show.value}" if before else "", next_url),
        "may_write": opened.may(Permission.NOTE_WRITE),
        "empty": _("Nothing has happened yet.") if show == Show.ALL else _("Nothing of this kind has happened yet."),
    }


def _asked(given: QueryDict) -> tuple[Show, dt.datetime | None]:
    show = given.get("show", "")
    try:
        before = dt.datetime.fromisoformat(given.get("before", ""))
    except ValueError:
        before = None
    if before is not None and before.tzinfo is None:
        before = before.replace(tzinfo=dt.UTC)
    return (Show(show) if show in list(Show) else Show.ALL), before


def _cut(stream: list[Entry], url: str, show: Show) -> tuple[list[Entry], str]:
    """The entries of this page, and where the older ones are."""
    pinned = sum(entry.is_pinned for entry in stream)
    if len(stream) - pinned <= ON_A_PAGE:
        return stream, ""
    shown = stream[:-1]
    query = QueryDict(mutable=True)
    query.update({"show": show.value, "before": shown[-1].at.astimezone(dt.UTC).isoformat()})
    return shown, f"{url}?{query.urlencode()}"
