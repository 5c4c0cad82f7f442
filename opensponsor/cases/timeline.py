"""One stream of what happened on a case: notes, events and changes of its records, the newest first.

One statement, whatever the length: the record page has a budget of queries, and the names come with the lines.
"""

import datetime as dt
import json
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission


class Show(StrEnum):
    """What the stream is narrowed to."""

    ALL = "all"
    NOTES = "notes"
    EVENTS = "events"
    CHANGES = "changes"


class Source(StrEnum):
    """Where an entry comes from."""

    NOTE = "NOTE"
    EVENT = "EVENT"
    CHANGE = "CHANGE"


_SOURCES = {source.value: source for source in Source}


class Entry(NamedTuple):
    """One thing that happened.

    `code` is the kind of a note, the code of an event, or what happened to a row. `actor` is the user's id or `system:`
    and the name of a job; `person`, `organisation` and `task` are what an event is about. Of a note removed as
    entered in error only the reason is left in `text`.
    """

    source: Source
    id: str
    at: dt.datetime
    code: str
    actor: str
    actor_name: str
    team: str
    title: str
    text: str
    is_pinned: bool
    is_removed: bool
    version: int
    table: str
    row: str
    person: str
    organisation: str
    task: str
    detail: dict[str, Any]


# What a note says is read from the note itself, so that its event would say it twice.
_SAID_BY_NOTES = ["note.added"]
# A changed record is told by its fields, so that its event adds nothing; notes and tasks are told by their events.
_SAID_BY_CHANGES = "^(?!note|task).*[.]changed$"

_NOTES = """
SELECT 'NOTE', n.id::text, n.created_at, n.kind, coalesce(n.author_id::text, ''), n.author_name, n.author_team, n.title,
  CASE WHEN n.removed_at IS NULL THEN n.body ELSE n.removal_reason END, n.is_pinned, n.removed_at IS NOT NULL,
  n.version, '', '', '{{}}'::jsonb, NULL::int
FROM cases_note n WHERE n.case_id = %(case)s AND {condition} ORDER BY n.created_at DESC LIMIT %(limit)s
"""

_HISTORY = """
SELECT e.kind, e.id::text, e.at, e.code, e.actor, '', '', '', '', false, false, 0, e.table_name, e.row_id,
  e.detail, e.organisation_id
FROM audit_event e
WHERE e.case_id = %(case)s AND e.at < %(before)s AND ({condition}) ORDER BY e.id DESC LIMIT %(limit)s
"""

# By time and id. Names are looked up for the lines that are left.
_LATEST = "SELECT * FROM ({parts}) AS latest ORDER BY 3 DESC, 2 DESC LIMIT %(limit)s"

_EVENTS = "e.kind = 'EVENT' AND e.code <> ALL (%(said_by_notes)s)"
_EVENTS_AMONG_ALL = f"{_EVENTS} AND e.code !~ %(said_by_changes)s"
# What was added is told by events; the whole history, additions included, is the audit's to read (ORG-033).
_CHANGES = "e.kind = 'CHANGE' AND e.code NOT IN ('NEW', 'INSERT')"
_CHANGES_AMONG_ALL = f"{_CHANGES} AND e.table_name NOT LIKE 'cases\\_%%'"
_HISTORY_CONDITIONS = {
    Show.ALL: f"({_EVENTS_AMONG_ALL}) OR ({_CHANGES_AMONG_ALL})",
    Show.EVENTS: _EVENTS,
    Show.CHANGES: _CHANGES,
}

# Names are looked up line by line, by key: joined, the planner would read every task and user in reach to name a few.
# Only events speak of a person or an organisation as one number; a change keeps the old one and the new one.
_STREAM = """
SELECT s.source, s.id, s.at::text, s.code, s.actor,
  coalesce(nullif(s.actor_name, ''), (SELECT u.full_name FROM identity_user u
    WHERE u.id = CASE WHEN s.actor ~ '^[0-9]+$' THEN s.actor::int END), ''),
  coalesce(nullif(s.team, ''), (SELECT {name} FROM identity_organisation o WHERE o.id = s.organisation_id), ''),
  s.title, s.text, s.is_pinned, s.is_removed, s.version, s.table_name, s.row_id,
  coalesce((SELECT u.full_name FROM identity_user u
    WHERE s.source = 'EVENT' AND u.id = (s.detail ->> 'assignee_id')::int), ''),
  coalesce((SELECT {name} FROM identity_organisation o
    WHERE s.source = 'EVENT' AND o.id = coalesce(s.detail ->> 'to_id', s.detail ->> 'organisation_id')::int), ''),
  coalesce({task}, ''), s.detail
FROM ({parts}) AS s (
  source, id, at, code, actor, actor_name, team, title, text, is_pinned, is_removed,
  version, table_name, row_id, detail, organisation_id
)
ORDER BY s.is_pinned DESC, s.at DESC, s.id DESC
"""
_TASK = """(SELECT t.title FROM cases_task t WHERE s.source = 'EVENT' AND t.id = (s.detail ->> 'task_id')::uuid)"""


def stream(
    actor: Actor, case_id: UUID, *, show: Show, limit: int, before: dt.datetime | None = None, pinned: bool = True
) -> list[Entry]:
    """Entries of a case that the actor may see, at most `limit` besides the pinned notes, which come first.

    `before` is the time of the last entry of the page before; later pages repeat no pinned note. Without the permission
    to read notes there are none.
    """
    parts = _parts(actor, show, pinned=pinned and before is None)
    if not parts:
        return []
    values: dict[str, Any] = {
        "case": case_id,
        "before": before or dt.datetime.max.replace(tzinfo=dt.UTC),
        "limit": limit,
        "said_by_notes": _SAID_BY_NOTES,
        "said_by_changes": _SAID_BY_CHANGES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(actor, parts), values)
        return [_entry(row) for row in cursor.fetchall()]


def _entry(row: tuple[Any, ...]) -> Entry:
    source, entry_id, at, *said, detail = row
    # JSON comes as text on a cursor of Django's, whose model fields read it themselves; so does the time, which Python
    # reads faster than the cursor would.
    return Entry(*(_SOURCES[source], entry_id, dt.datetime.fromisoformat(at), *said, json.loads(detail)))


def _parts(actor: Actor, show: Show, *, pinned: bool) -> list[str]:
    """The statements of the pinned notes and of the latest of all others, as far as each is asked for."""
    parts, latest = [], []
    if show in (Show.ALL, Show.NOTES) and actor.may(Permission.NOTE_READ):
        latest.append(_NOTES.format(condition="NOT n.is_pinned AND n.created_at < %(before)s"))
        if pinned:
            parts.append(_NOTES.format(condition="n.is_pinned"))
    if show in _HISTORY_CONDITIONS:
        latest.append(_HISTORY.format(condition=_HISTORY_CONDITIONS[show]))
    return [*parts, _LATEST.format(parts=_together(latest))] if latest else []


def _together(parts: list[str]) -> str:
    return " UNION ALL ".join(f"({part})" for part in parts)


def _statement(actor: Actor, parts: list[str]) -> str:
    name = "coalesce(nullif(o.name_cy, ''), o.name_en)" if get_language() == "cy" else "o.name_en"
    task = _TASK if actor.may(Permission.NOTE_READ) else "''"
    return _STREAM.format(name=name, task=task, parts=_together(parts))
