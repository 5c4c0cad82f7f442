"""Notes: everybody adds, only the author changes."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import Note
from opensponsor.cases.states import NoteKind
from opensponsor.core.actor import Actor
from opensponsor.core.clock import now
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import write_for
from opensponsor.core.saving import save_changes
from opensponsor.identity.permissions import Permission, check

# Pinned notes stand above everything else; more of them would hide what happened last.
MOST_PINNED = 3


@transaction.atomic
def add_note(*, actor: Actor, case_id: UUID, kind: NoteKind, title: str, body: str) -> Note:
    """Write a note on the case; author, team and time are automatic (NOTE-002, NOTE-003).

    Closed cases take notes too (NOTE-020). Raises Refused for an empty title, NotVisible.
    """
    case = queries.lock_case(actor, case_id)
    permissions.check_may_work_on(actor, case, Permission.NOTE_WRITE)
    _check_words(kind, title)
    note = Note.objects.create(
        case=case,
        owner_id=case.owner_id,
        kind=kind,
        title=title.strip(),
        body=body.strip(),
        author_id=actor.user_id,
        author_name=actor.user_name,
        author_team=actor.organisation_name,
    )
    _record("note.added", actor, note)
    return note


@transaction.atomic
def change_note(*, actor: Actor, note_id: UUID, version: int, kind: NoteKind, title: str, body: str) -> Note:
    """Change a note of one's own (NOTE-008). Raises Refused, Conflict, NotVisible."""
    note = queries.lock_row(actor, Note, note_id)
    permissions.check_may_work_on(actor, note.case, Permission.NOTE_WRITE)
    policies.check_is_author(note, actor)
    _check_words(kind, title)
    save_changes(note, expected_version=version, kind=kind, title=title.strip(), body=body.strip())
    _record("note.changed", actor, note)
    return note


@transaction.atomic
def pin_note(*, actor: Actor, note_id: UUID, version: int, is_pinned: bool) -> Note:
    """Keep a note at the top of the timeline, or let it go (NOTE-013). Raises Refused, Conflict, NotVisible."""
    note = queries.lock_row(actor, Note, note_id)
    permissions.check_may_work_on(actor, note.case, Permission.NOTE_WRITE)
    policies.check_stands(note)
    if is_pinned and Note.objects.filter(case=note.case, is_pinned=True).count() >= MOST_PINNED:
        sentence = _("A record keeps at most %(number)s notes at the top. Let one of them go first.")
        raise Refused(sentence % {"number": MOST_PINNED})
    save_changes(note, expected_version=version, is_pinned=is_pinned)
    _record("note.pinned" if is_pinned else "note.unpinned", actor, note)
    return note


@transaction.atomic
def remove_note(*, actor: Actor, note_id: UUID, version: int, reason: str) -> Note:
    """Strike a note of one's own that was entered in error (NOTE-006); it stays in the history with the reason.

    Raises Refused, Conflict, NotVisible.
    """
    note = queries.lock_row(actor, Note, note_id)
    permissions.check_may_work_on(actor, note.case, Permission.NOTE_WRITE)
    policies.check_is_author(note, actor)
    return _strike(actor, note, version, reason)


@transaction.atomic
def strike_note(*, actor: Actor, note_id: UUID, version: int, reason: str) -> Note:
    """Strike somebody else's note that was entered in error: the national team may (ruling C-29).

    The national body writes for the owner of the case, which the history names. Raises Refused, Conflict, NotVisible.
    """
    check(actor, Permission.NOTE_STRIKE)
    note = queries.get_row(actor, Note, note_id)
    policies.check_is_by_a_person(note)
    policies.check_stands(note)
    write_for(note.owner_id)
    return _strike(actor, note, version, reason)


def _strike(actor: Actor, note: Note, version: int, reason: str) -> Note:
    if not reason.strip():
        raise Refused(_("Say why the note was entered in error."))
    changes: dict[str, Any] = {"removed_at": now(), "removal_reason": reason.strip(), "is_pinned": False}
    save_changes(note, expected_version=version, **changes)
    _record("note.removed", actor, note)
    return note


def _check_words(kind: NoteKind, title: str) -> None:
    if kind == NoteKind.SYSTEM:
        raise Refused(_("Only the platform writes notes of this kind."))
    if not title.strip():
        raise Refused(_("Enter a title."))


def _record(code: str, actor: Actor, note: Note) -> None:
    audit.record(code, actor=actor, case_id=note.case_id, owner_id=note.owner_id, note_id=note.pk)
