"""Tasks and meetings: something to do by a day."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import Task
from opensponsor.cases.states import TaskKind
from opensponsor.core.actor import Actor
from opensponsor.core.clock import now
from opensponsor.core.refusals import Refused
from opensponsor.core.saving import save_changes
from opensponsor.identity import queries as identity
from opensponsor.identity.permissions import Permission


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    case_id: UUID,
    title: str,
    due_on: dt.date,
    today: dt.date,
    kind: TaskKind = TaskKind.TASK,
    detail: str = "",
    starts_at: dt.time | None = None,
    place: str = "",
    assignee_id: int | None = None,
) -> Task:
    """Note something to do on the case, for oneself or, where the organisation allows it, a colleague.

    A task for a colleague is our addition to NOTE-007 (ruling C-115). Raises Refused for an empty title, somebody
    elsewhere, or when tasks are not assigned in this organisation; NotVisible.
    """
    case = queries.lock_case(actor, case_id)
    permissions.check_may_work_on(actor, case, Permission.TASK_WRITE)
    policies.check_is_open(case)
    _check_title(title)
    task = Task.objects.create(
        case=case,
        owner_id=case.owner_id,
        kind=kind,
        title=title.strip(),
        detail=detail.strip(),
        due_on=due_on,
        starts_at=starts_at,
        place=place.strip(),
        created_by_id=actor.user_id,
        assignee_id=_assignee(actor, assignee_id, today),
    )
    _record("task.added", actor, task)
    return task


@transaction.atomic
def change_task(
    *,
    actor: Actor,
    task_id: UUID,
    version: int,
    title: str,
    detail: str,
    due_on: dt.date,
    assignee_id: int | None,
    today: dt.date,
    starts_at: dt.time | None = None,
    place: str = "",
) -> Task:
    """Reword, move or hand over a task that is not done. Raises Refused, Conflict, NotVisible."""
    task = _lock_to_change(actor, task_id)
    _check_title(title)
    handed_over = {} if assignee_id == task.assignee_id else {"assignee_id": _assignee(actor, assignee_id, today)}
    save_changes(
        task,
        expected_version=version,
        title=title.strip(),
        detail=detail.strip(),
        due_on=due_on,
        starts_at=starts_at,
        place=place.strip(),
        **handed_over,
    )
    _record("task.changed", actor, task)
    return task


@transaction.atomic
def defer_task(*, actor: Actor, task_id: UUID, version: int, due_on: dt.date) -> Task:
    """Put a task off to a later day. Raises Refused, Conflict, NotVisible."""
    task = _lock_to_change(actor, task_id)
    if due_on <= task.due_on:
        raise Refused(_("Choose a day after the one it is due on now."))
    save_changes(task, expected_version=version, due_on=due_on)
    _record("task.deferred", actor, task)
    return task


@transaction.atomic
def complete_task(*, actor: Actor, task_id: UUID, version: int) -> Task:
    """Tick the task off (NOTE-006). Raises Refused when done already, Conflict, NotVisible."""
    task = queries.lock_row(actor, Task, task_id)
    permissions.check_may_work_on(actor, task.case, Permission.TASK_WRITE)
    policies.check_is_not_done(task)
    save_changes(task, expected_version=version, completed_at=now(), completed_by_id=actor.user_id)
    _record("task.completed", actor, task)
    return task


@transaction.atomic
def reopen_task(*, actor: Actor, task_id: UUID, version: int) -> Task:
    """Undo a tick. Raises Refused when it is not ticked, Conflict, NotVisible."""
    task = queries.lock_row(actor, Task, task_id)
    permissions.check_may_work_on(actor, task.case, Permission.TASK_WRITE)
    if task.completed_at is None:
        raise Refused(_("This task is not complete."))
    save_changes(task, expected_version=version, completed_at=None, completed_by_id=None)
    _record("task.reopened", actor, task)
    return task


def _lock_to_change(actor: Actor, task_id: UUID) -> Task:
    task = queries.lock_row(actor, Task, task_id)
    permissions.check_may_work_on(actor, task.case, Permission.TASK_WRITE)
    policies.check_is_open(task.case)
    policies.check_is_not_done(task)
    return task


def _check_title(title: str) -> None:
    if not title.strip():
        raise Refused(_("Enter what needs doing."))


def _assignee(actor: Actor, assignee_id: int | None, today: dt.date) -> int | None:
    if assignee_id is None or assignee_id == actor.user_id:
        return actor.user_id
    if not identity.organisation(actor.organisation_id).assigns_tasks:
        raise Refused(_("Tasks are not assigned to others in your organisation."))
    if not identity.colleagues(actor, today=today).filter(pk=assignee_id).exists():
        raise Refused(_("Choose somebody of your own organisation."))
    return assignee_id


def _record(code: str, actor: Actor, task: Task) -> None:
    audit.record(
        code,
        actor=actor,
        case_id=task.case_id,
        owner_id=task.owner_id,
        task_id=task.pk,
        kind=task.kind,
        assignee_id=task.assignee_id,
    )
