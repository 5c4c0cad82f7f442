"""Reading what came in: loads, what was refused in them, and the raw row behind a record."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.feeds import permissions
from opensponsor.feeds.models import Load, Reject, SourceRow

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Source:
    """The raw row that a record was last made from, the line of the file it stood in, and when it came."""

    key: str
    load_id: UUID
    line: int
    loaded_at: dt.datetime
    raw: dict[str, Any]


def loads(actor: Actor) -> QuerySet[Load]:
    """The files that the actor's organisation, or another national body it reads, brought; the newest first.

    Raises NotVisible.
    """
    permissions.check_may_load(actor)
    visible: QuerySet[Load] = Load.objects.visible_to(actor)
    return visible.select_related("brought_by", "approved_by", "owner").order_by("-created_at", "-id")


def get_load(actor: Actor, load_id: UUID) -> Load:
    """One of `loads`. Raises NotVisible."""
    load = loads(actor).filter(pk=load_id).first()
    if load is None:
        raise NotVisible
    return load


def rejects(actor: Actor, load_id: UUID, *, after: tuple[int, int] | None = None, limit: int = 50) -> list[Reject]:
    """What was not taken of the file, by line; `after` is the (line, id) of the last one seen. Raises NotVisible."""
    found = Reject.objects.filter(load=get_load(actor, load_id)).order_by("line", "id")
    if after:
        line, reject_id = after
        found = found.filter(Q(line__gt=line) | Q(line=line, id__gt=reject_id))
    return list(found[:limit])


def all_rejects(actor: Actor, load_id: UUID) -> Iterator[Reject]:
    """All that was not taken of the file, by line, a batch at a time. Raises NotVisible."""
    batch = rejects(actor, load_id, limit=_BATCH)
    while batch:
        yield from batch
        batch = rejects(actor, load_id, after=(batch[-1].line, batch[-1].pk), limit=_BATCH)


def last_loaded_at(feed: str) -> dt.datetime | None:
    """When the feed was last loaded, whoever brought it: what every list shows as its freshness (CMS-011)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT feeds_last_loaded_at(%s)", [feed])
        [moment] = cursor.fetchone()
    return moment  # type: ignore[no-any-return]


def source_of(actor: Actor, feed: str, key: str) -> Source | None:
    """The raw row behind the application or offer of that key; None when it is not the actor's to see."""
    row = SourceRow.objects.visible_to(actor).filter(feed=feed, key=key).first()
    return Source(row.key, row.load_id, row.line, row.updated_at, row.raw) if row else None
