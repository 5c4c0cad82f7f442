"""Reading cases and what hangs on them; everything starts at what the actor may see."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from opensponsor.cases.models import ApprovalRequest, Case, OnCase, Share, Task
from opensponsor.cases.permissions import owns_or_works_for, readable_kinds, writes_for_owner
from opensponsor.cases.states import CaseKind, CaseStatus, RequestKind, RequestStatus
from opensponsor.core import statements
from opensponsor.core.actor import Actor, Scope
from opensponsor.core.hiding import Hidden, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.core.rowsecurity import enter_and_find, write_for
from opensponsor.core.scoping import OwnedQuerySet
from opensponsor.core.statements import Among, Given
from opensponsor.identity import queries as identity
from opensponsor.identity.models import Organisation
from opensponsor.identity.states import OrganisationKind

_SHARED = "cases_shared_with(%s, %s)"
# Who may own a case of the humanitarian schemes: councils, and those that stand for a nation or authority elsewhere.
MAY_TAKE_OVER = (OrganisationKind.AUTHORITY, OrganisationKind.PSEUDO_AUTHORITY)

Row = TypeVar("Row", bound=OnCase)


def with_shared_cases(actor: Actor, *, today: dt.date) -> Actor:
    """The actor, knowing the cases that other organisations share with its own today."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_SHARED}", [actor.organisation_id, today])
        shared = frozenset(row[0] for row in cursor.fetchall())
    if not shared:
        return actor
    return dataclasses.replace(actor, reads=dataclasses.replace(actor.reads, shared_case_ids=shared))


def enter_with_shared_cases(actor: Actor, *, today: dt.date, request_id: str) -> Actor:
    """Say who acts for the rest of the transaction; the actor then knows the cases that others share with its own."""
    return enter_and_find(actor, _SHARED, [actor.organisation_id, today], request_id=request_id)


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor may see, of the kinds it may read."""
    cases: QuerySet[Case] = Case.objects.visible_to(actor).filter(kind__in=readable_kinds(actor))
    return cases


def get_case(actor: Actor, case_id: UUID) -> Case:
    """The case, if the actor may see it. Raises NotVisible."""
    cases: list[Case] = statements.run(_case, actor.reads, kinds=readable_kinds(actor), case=case_id)
    if not cases:
        raise NotVisible
    return cases[0]


def _case(scope: Scope) -> QuerySet[Case]:
    """A case, if it is of one of the kinds."""
    cases: QuerySet[Case] = Case.objects.within(scope).filter(Among(F("kind"), Given("kinds")), pk=Given("case"))
    return cases.select_related("owner", "assignee")


def get_case_to_change(actor: Actor, case_id: UUID) -> Case:
    """The case, if it is the actor's organisation that works on it; whom it is shared with only reads it.

    Raises NotVisible.
    """
    case = get_case(actor, case_id)
    if not owns_or_works_for(actor, case.kind, case.owner_id):
        raise NotVisible
    return case


def get_row_to_change(actor: Actor, model: type[Row], row_id: UUID) -> Row:
    """A row that hangs on a case that the actor's organisation works on. Raises NotVisible."""
    row = get_row(actor, model, row_id)
    if not owns_or_works_for(actor, row.case.kind, row.owner_id):
        raise NotVisible
    return row


def get_case_under_audit(actor: Actor, case_id: UUID) -> Case:
    """The case whose history is read: an auditor reads the history of cases whose records they may not open.

    Raises NotVisible.
    """
    case: Case | None = Case.objects.visible_to(actor).select_related("owner", "assignee").filter(pk=case_id).first()
    if case is None:
        raise NotVisible
    return case


def lock_case(actor: Actor, case_id: UUID) -> Case:
    """The case, locked for this transaction, if the actor may change it. Raises NotVisible."""
    return _lock(actor, Case.objects.filter(pk=case_id))


def get_row(actor: Actor, model: type[Row], row_id: UUID) -> Row:
    """A row that hangs on a case, if the actor may see it. Raises NotVisible."""
    rows = model.objects.visible_to(actor).filter(case__kind__in=readable_kinds(actor))
    row: Row | None = rows.select_related("case").filter(pk=row_id).first()
    if row is None:
        raise NotVisible
    return row


def lock_row(actor: Actor, model: type[Row], row_id: UUID) -> Row:
    """A row that hangs on a case, locked for this transaction with its case, if the actor may change it.

    The case is locked first, as a transfer does, so that the two never wait for each other. Raises NotVisible.
    """
    case = _lock(actor, Case.objects.filter(pk__in=model.objects.filter(pk=row_id).values("case_id")))
    rows: list[Row] = statements.run(_locked_row(model), Scope(), row=row_id, case=case.pk)
    if not rows:
        raise NotVisible
    row = rows[0]
    row.case = case
    return row


@cache
def _locked_row(model: type[OnCase]) -> Callable[[Scope], QuerySet[Any]]:
    """Locking a row of this model on a case that is locked already, whoever may do so."""
    return lambda scope: model.objects.select_for_update().filter(pk=Given("row"), case_id=Given("case"))


def _lock(actor: Actor, cases: OwnedQuerySet) -> Case:
    """The one of these cases that the actor may change. A body that works for the owner writes in the owner's name."""
    cases = cases.filter(kind__in=readable_kinds(actor))
    if writes_for_owner(actor, CaseKind.LICENCE):
        cases = cases.visible_to(actor).filter(kind=CaseKind.LICENCE)
        write_for(cases.values_list("owner_id", flat=True).first() or 0)
    else:
        cases = cases.writable_by(actor)
    case: Case | None = cases.select_for_update().first()
    if case is None:
        raise NotVisible
    return case


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a short list. `title` is hidden from those who do not see names."""

    id: UUID
    kind: str
    reference: str
    title: str | Hidden
    status: str


def cases_by_id(actor: Actor, case_ids: Sequence[UUID]) -> list[CaseLine]:
    """These cases, in this order, as far as the actor may see them now."""
    found = {case.pk: case for case in visible_cases(actor).filter(pk__in=case_ids)}
    cases = (found[case_id] for case_id in case_ids if case_id in found)
    return [CaseLine(case.pk, case.kind, case.reference, shown(actor, case, "title"), case.status) for case in cases]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task or meeting in a list, with the case it is on."""

    id: UUID
    version: int
    kind: str
    title: str
    due_on: dt.date
    starts_at: dt.time | None
    place: str
    assignee_name: str
    completed_at: dt.datetime | None
    case: CaseLine


def my_open_tasks(actor: Actor) -> list[TaskLine]:
    """What the actor has to do, in the order it is due."""
    return _task_lines(actor, _open_tasks(actor).filter(assignee_id=actor.user_id))


def unassigned_tasks(actor: Actor, *, limit: int) -> list[TaskLine]:
    """Open tasks of the actor's organisation that are nobody's, as after a transfer."""
    return _task_lines(actor, _open_tasks(actor).filter(owner_id=actor.organisation_id, assignee=None))[:limit]


def overdue_tasks(actor: Actor, *, today: dt.date) -> int:
    """How many tasks of the actor are late."""
    if actor.user_id is None:
        return 0
    kinds = readable_kinds(actor)
    return len(statements.run(_overdue, actor.reads, kinds=kinds, user=actor.user_id, today=today))


def _overdue(scope: Scope) -> QuerySet[Any]:
    """The tasks of a person that were due before today, on every page of theirs."""
    tasks = Task.objects.within(scope).filter(Among(F("case__kind"), Given("kinds")), completed_at=None)
    return tasks.filter(assignee_id=Given("user"), due_on__lt=Given("today")).values_list("pk", flat=True)


def tasks_of_case(actor: Actor, case_id: UUID) -> list[TaskLine]:
    """The tasks of a case: those to be done as they fall due, then those done, the latest first."""
    lines = _task_lines(actor, _tasks(actor).filter(case_id=case_id))
    done = sorted((line for line in lines if line.completed_at), key=lambda line: line.completed_at, reverse=True)  # type: ignore[arg-type,return-value]
    return [line for line in lines if line.completed_at is None] + done


def _tasks(actor: Actor) -> QuerySet[Task]:
    tasks: QuerySet[Task] = Task.objects.visible_to(actor).filter(case__kind__in=readable_kinds(actor))
    return tasks


def _open_tasks(actor: Actor) -> QuerySet[Task]:
    return _tasks(actor).filter(completed_at=None)


def _task_lines(actor: Actor, tasks: QuerySet[Task]) -> list[TaskLine]:
    return [
        TaskLine(
            task.pk,
            task.version,
            task.kind,
            task.title,
            task.due_on,
            task.starts_at,
            task.place,
            task.assignee.full_name if task.assignee else "",
            task.completed_at,
            CaseLine(
                task.case_id,
                task.case.kind,
                task.case.reference,
                shown(actor, task.case, "title"),
                task.case.status,
            ),
        )
        for task in tasks.select_related("case", "assignee").order_by("due_on", "starts_at", "pk")
    ]


def shares_of(actor: Actor, case_id: UUID) -> QuerySet[Share]:
    """With whom the case is shared now."""
    shares: QuerySet[Share] = Share.objects.visible_to(actor).filter(case_id=case_id, ends_on=None)
    return shares.select_related("organisation", "shared_by").order_by("starts_on", "pk")


def open_request_of(
    actor: Actor, case_id: UUID, kind: RequestKind, subject_id: UUID | None = None
) -> ApprovalRequest | None:
    """The request of this kind about the case, or about a row of it, that waits for a decision."""
    requests = ApprovalRequest.objects.visible_to(actor).filter(
        case_id=case_id, kind=kind, subject_id=subject_id, status=RequestStatus.SUBMITTED
    )
    found: ApprovalRequest | None = requests.select_related("raised_by").first()
    return found


def requests_to_decide(actor: Actor) -> QuerySet[ApprovalRequest]:
    """The requests that wait for a decision by the actor's organisation, the oldest first."""
    requests: QuerySet[ApprovalRequest] = ApprovalRequest.objects.visible_to(actor).filter(
        status=RequestStatus.SUBMITTED, case__kind__in=readable_kinds(actor)
    )
    return requests.select_related("case", "owner", "raised_by").order_by("created_at", "pk")


def organisations_to_take_over(case: Case) -> QuerySet[Organisation]:
    """The councils that the case can be handed to, by name."""
    return identity.organisations().filter(kind__in=MAY_TAKE_OVER).exclude(pk=case.owner_id)


def organisations_to_share_with(case: Case) -> QuerySet[Organisation]:
    """The organisations that the case can be shared with, by name."""
    others = identity.organisations().exclude(pk=case.owner_id)
    return others.exclude(kind__in=(OrganisationKind.PSEUDO_AUTHORITY, OrganisationKind.UNASSIGNED))


def unassigned_cases(actor: Actor, *, opened_before: dt.date, limit: int) -> list[Case]:
    """Open cases of the actor's organisation that were opened before the day and are nobody's, the oldest first."""
    cases = visible_cases(actor).filter(
        owner_id=actor.organisation_id, status=CaseStatus.OPEN, assignee=None, opened_on__lt=opened_before
    )
    return list(cases.order_by("opened_on", "pk")[:limit])


def find_under_audit(actor: Actor, reference: str) -> Case | None:
    """The case with this reference, for an auditor; the latest where several organisations number alike."""
    found: Case | None = (
        Case.objects.visible_to(actor).filter(reference__iexact=reference.strip()).order_by("-opened_on", "-pk").first()
    )
    return found
