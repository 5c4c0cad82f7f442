"""Reading history. Row security lets a reader see the history of the cases they see; callers look at the case first."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from opensponsor.audit.models import Event, Kind
from opensponsor.core.actor import Actor

RECORD_OPENED = "record.opened"
# What a new row holds. Before, such lines had pairs too, and the name of the statement.
NEW_ROW = "NEW"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of history. `actor` is a user's id or `system:` and the name of a job; `detail` depends on the kind.

    Of a change it has what each column held before and holds now, as a pair; of a new row nothing before.
    """

    id: int
    at: dt.datetime
    kind: str
    code: str
    actor: str
    organisation_id: int | None
    table: str
    row: str
    detail: dict[str, Any]


_FIELDS = ("id", "at", "kind", "code", "actor", "organisation_id", "table_name", "row_id", "detail")


def changes_of(case_id: UUID, *, limit: int, before: int | None = None) -> list[Line]:
    """Row changes of the case and of everything on it, newest first (ORG-033). `before` is the last line's id."""
    return _page(Event.objects.filter(case_id=case_id, kind=Kind.CHANGE), limit, before)


def accesses_of(case_id: UUID, *, limit: int, before: int | None = None) -> list[Line]:
    """Who opened the record, newest first."""
    return _page(Event.objects.filter(case_id=case_id, kind=Kind.ACCESS), limit, before)


def last_change(table: str, row_id: UUID | int) -> Line | None:
    """The latest change of one row."""
    found = _page(Event.objects.filter(table_name=table, row_id=str(row_id), kind=Kind.CHANGE), 1, None)
    return found[0] if found else None


def opened_lately(actor: Actor, *, limit: int) -> list[UUID]:
    """The cases whose records the actor opened, the latest first, each once."""
    lines = Event.objects.filter(
        actor=actor.context_name,
        organisation_id=actor.organisation_id,
        kind=Kind.ACCESS,
        code=RECORD_OPENED,
        case_id__isnull=False,
    ).order_by("-id")
    # A case is opened several times while it is worked on; this many lines hold enough different ones.
    latest = lines.values_list("case_id", flat=True)[: limit * 10]
    return list(dict.fromkeys(case_id for case_id in latest if case_id))[:limit]


def _page(lines: QuerySet[Event], limit: int, before: int | None) -> list[Line]:
    if before is not None:
        lines = lines.filter(pk__lt=before)
    return [_line(*row) for row in lines.order_by("-id").values_list(*_FIELDS)[:limit]]


def _line(*row: Any) -> Line:
    line = Line(*row)
    if line.kind != Kind.CHANGE or line.code != NEW_ROW:
        return line
    return replace(line, detail={column: (None, value) for column, value in line.detail.items()})
