"""Notes: everybody adds, only the author changes."""

from uuid import UUID

from django.db import transaction

from opensponsor.audit import services as audit
from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import Note
from opensponsor.cases.states import NoteKind
from opensponsor.core.actor import Actor
from opensponsor.core.clock import now
from opensponsor.core.refusals import Refused
from opensponsor.core.saving import save_changes
from opensponsor.identity.permissions import Permission


@transaction.atomic
def add_note(*, actor: Actor, case_id: UUID, kind: NoteKind, title: str, body: str) -> Note:
    """Write a note on the case; author, team and time are automatic (NOTE-002, NOTE-003). Closed cases take notes too (NOTE-020).

    Raises Refused for an empty title, NotVisible.
    """
    case = queries.lock_case(actor, case_id)
    permissions.check_may_work_on(actor, case, Permission.NOTE_WRITE)
    if not title.strip():
        raise Refused("Enter a title.")
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
    audit.record("note.added", actor=actor, case_id=case.pk, owner_id=case.owner_id, note_id=note.pk)
    return note


@transaction.atomic
def change_note(*, actor: Actor, note_id: UUID, version: int, title: str, body: str) -> Note:
    """Change a note of one's own (NOTE-008). Raises Refused, Conflict, NotVisible."""
    note = queries.lock_row(actor, Note, note_id)
    permissions.check_may_work_on(actor, note.case, Permission.NOTE_WRITE)
    policies.check_is_author(note, actor)
    if not title.strip():
        raise Refused("Enter a title.")
    save_changes(note, expected_version=version, title=title.strip(), body=body.strip())
    audit.record("note.changed", actor=actor, case_id=note.case_id, owner_id=note.owner_id, note_id=note.pk)
    return note


@transaction.atomic
def pin_note(*, actor: Actor, note_id: UUID, version: int, is_pinned: bool) -> Note:
    """Keep a note at the top of the timeline, or let it go (NOTE-013). Raises Conflict, NotVisible."""
    note = queries.lock_row(actor, Note, note_id)
    permissions.check_may_work_on(actor, note.case, Permission.NOTE_WRITE)
    save_changes(note, expected_version=version, is_pinned=is_pinned)
    return note


@transaction.atomic
def remove_note(*, actor: Actor, note_id: UUID, version: int, reason: str) -> None:
    """Strike a note entered in error; it stays in the history with the reason (NOTE-006, C-29). Raises Refused, Conflict, NotVisible."""
    note = queries.lock_row(actor, Note, note_id)
    permissions.check_may_work_on(actor, note.case, Permission.NOTE_WRITE)
    policies.check_is_author(note, actor)
    if not reason.strip():
        raise Refused("Say why the note was entered in error.")
    save_changes(note, expected_version=version, removed_at=now(), removal_reason=reason.strip())
    audit.record("note.removed", actor=actor, case_id=note.case_id, owner_id=note.owner_id, note_id=note.pk)
