"""May this happen to a case now, whoever asks?"""

from django.utils.translation import gettext as _

from opensponsor.cases.models import ApprovalRequest, Case, Note, Task
from opensponsor.cases.states import REQUEST_TRANSITIONS, CaseStatus, NoteKind, RequestStatus
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused


def check_is_open(case: Case) -> None:
    """A closed case is read, noted on (NOTE-020) and reopened by the national team; nothing else. Raises Refused."""
    if case.status == CaseStatus.CLOSED:
        raise Refused(_("This record is closed. A data champion can ask the national team to reopen it."))


def check_is_closed(case: Case) -> None:
    """Only a closed case is reopened (ORG-034). Raises Refused."""
    if case.status != CaseStatus.CLOSED:
        raise Refused(_("This record is open already."))


def check_is_author(note: Note, actor: Actor) -> None:
    """Only the author changes or removes a note (NOTE-008), nobody one of the platform (NOTE-012). Raises Refused."""
    check_stands(note)
    if not can_change_note(note, actor):
        raise Refused(_("Only the person who wrote a note can change it. Add a note of your own instead."))


def can_change_note(note: Note, actor: Actor) -> bool:
    """Whether the actor wrote the note and it still stands."""
    return note.kind != NoteKind.SYSTEM and note.author_id == actor.user_id and note.removed_at is None


def check_stands(note: Note) -> None:
    """A note that was removed as entered in error stays as it is. Raises Refused."""
    if note.removed_at is not None:
        raise Refused(_("This note was removed as entered in error."))


def check_is_by_a_person(note: Note) -> None:
    """What the platform wrote is changed and removed by nobody (NOTE-012). Raises Refused."""
    if note.kind == NoteKind.SYSTEM:
        raise Refused(_("The platform wrote this note. Nobody can change or remove it."))


def check_is_not_done(task: Task) -> None:
    """A task is completed once. Raises Refused."""
    if task.completed_at is not None:
        raise Refused(_("This task is already complete."))


def check_may_follow(request: ApprovalRequest, status: RequestStatus) -> None:
    """A request is decided once. Raises Refused."""
    if status not in REQUEST_TRANSITIONS[RequestStatus(request.status)]:
        raise Refused(_("This request has already been decided."))
