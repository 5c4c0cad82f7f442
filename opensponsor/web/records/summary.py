"""The summary of a record: its facts, a form for a note, and what happened last."""

from typing import Any

from django.http import HttpRequest

from opensponsor.cases import timeline
from opensponsor.cases.timeline import Show
from opensponsor.core import clock
from opensponsor.identity.permissions import Permission
from opensponsor.web.account.drafts import autosave_url, initial_from_draft
from opensponsor.web.casework.forms import NoteForm, first_note_values
from opensponsor.web.records.addresses import record_url, url_of
from opensponsor.web.records.entries import entries_of
from opensponsor.web.records.kinds import Kind, Opened
from opensponsor.web.records.rows import visible

LATEST = 5
MOST_ON_PAPER = 200


def content(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """The summary page. The note form is there for whoever may write one: one press and the typing."""
    case_id = opened.record.case_id
    may_write = opened.may(Permission.NOTE_WRITE)
    add_url = url_of("casework:note_add", case_id)
    draft_key = add_url.strip("/")
    reads_notes = opened.actor.may(Permission.NOTE_READ)
    return {
        "rows": visible(kind.rows(opened)),
        "note_form": _note_form(request, opened, draft_key) if may_write else None,
        "note_url": add_url,
        "note_autosave_url": autosave_url(request, draft_key),
        "entries": _entries(kind, opened, LATEST) if reads_notes else [],
        "timeline_url": record_url(opened.code, case_id, "notes") if reads_notes else "",
    }


def _note_form(request: HttpRequest, opened: Opened, draft_key: str) -> NoteForm:
    first = first_note_values(opened.actor) | initial_from_draft(request, draft_key)
    return NoteForm(auto_id="note_%s", initial=first)


def on_paper(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """Everything the reader may see of the record, for printing."""
    may_read = opened.actor.may(Permission.NOTE_READ)
    theirs = [one for one in kind.sections if one.permission is None or opened.actor.may(one.permission)]
    on_other_sections = [section.content(request, kind, opened) for section in theirs]
    parts: dict[str, Any] = {name: value for content in on_other_sections for name, value in content.items()}
    return {
        **parts,
        "rows": visible(kind.rows(opened)),
        "entries": _entries(kind, opened, MOST_ON_PAPER) if may_read else [],
        "printed_at": clock.now(),
    }


def _entries(kind: Kind, opened: Opened, limit: int) -> list[Any]:
    stream = timeline.stream(opened.actor, opened.record.case_id, show=Show.ALL, limit=limit)
    return entries_of(opened.actor, stream, kind.row_names(opened))
