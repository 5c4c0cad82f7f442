"""May this happen to a case now, whoever asks?"""

from opensponsor.cases.models import ApprovalRequest, Case, Note, Task
from opensponsor.cases.states import REQUEST_TRANSITIONS, CaseStatus, NoteKind, RequestStatus
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused


def check_is_open(case: Case) -> None:
    """A closed case is read, noted on (NOTE-020) and reopened by the national team; nothing else. Raises Refused."""
    if case.status == CaseStatus.CLOSED:
        raise Refused("This record is closed. A data champion can ask the national team to reopen it.")


def check_is_author(note: Note, actor: Actor) -> None:
    """Only the author changes or removes a note, and nobody changes one written by the platform (NOTE-008, NOTE-012). Raises Refused."""
    if not can_change_note(note, actor):
        raise Refused("Only the person who wrote a note can change it. Add a note of your own instead.")


def can_change_note(note: Note, actor: Actor) -> bool:
    """Whether the actor wrote the note and it still stands."""
    return note.kind != NoteKind.SYSTEM and note.author_id == actor.user_id and note.removed_at is None


def check_is_not_done(task: Task) -> None:
    """A task is completed once. Raises Refused."""
    if task.completed_at is not None:
        raise Refused("This task is already complete.")


def check_may_follow(request: ApprovalRequest, status: RequestStatus) -> None:
    """A request is decided once. Raises Refused."""
    if status not in REQUEST_TRANSITIONS[RequestStatus(request.status)]:
        raise Refused("This request has already been decided.")
