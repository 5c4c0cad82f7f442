"""Pages of tasks and meetings."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import Task
from opensponsor.cases.services import tasks as services
from opensponsor.cases.states import CaseStatus, TaskKind
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.identity import queries as identity
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.account.drafts import autosave_url, forget_draft, initial_from_draft
from opensponsor.web.casework.answers import accepts, cannot_work_on, press, told_no, went_well
from opensponsor.web.casework.forms import TaskEditForm, TaskForm, VersionForm
from opensponsor.web.casework.notes import version_of
from opensponsor.web.casework.task_lines import grouped, shape_of
from opensponsor.web.components.shapes import Action, SummaryRow
from opensponsor.web.conflicts import Editing, Stored, edit
from opensponsor.web.records.addresses import record_url

# One press puts a task off by so many days.
PUT_OFF_DAYS = (1, 7)


@requires(Permission.TASK_WRITE)
def mine(request: ActorRequest) -> HttpResponse:
    """What the reader has to do, by urgency."""
    today = clock.today()
    lines = queries.my_open_tasks(request.actor)
    groups = grouped(((line.due_on, shape_of(line, today, with_record=True)) for line in lines), today)
    return render(request, "casework/tasks.html", {"groups": groups, "today": today})


@requires(Permission.TASK_WRITE)
def add(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """A new task or meeting on a record."""
    case = queries.get_case_to_change(request.actor, case_id)
    url = record_url(case.kind, case_id, "tasks")
    if refusal := cannot_work_on(request, case, Permission.TASK_WRITE):
        return refusal
    first = {"kind": TaskKind.TASK, "assignee_id": request.actor.user_id} | initial_from_draft(request)
    form = TaskForm(request.POST or None, initial=first, assignees=assignees(request.actor))
    if form.is_valid() and accepts(form, lambda: _add(request.actor, case_id, form.cleaned_data)):
        forget_draft(request)
        return went_well(request, _("Added: %(title)s") % {"title": form.cleaned_data["title"]}, url)
    context = {
        "title": _("Add a task or meeting"),
        "form": form,
        "submit": _("Add"),
        "cancel_url": url,
        "back_url": url,
        "autosave_url": autosave_url(request),
    }
    return render(request, "web/form.html", context)


@requires(Permission.NOTE_READ)
def show(request: ActorRequest, task_id: UUID) -> HttpResponse:
    """One task with what may be done to it."""
    task = queries.get_row(request.actor, Task, task_id)
    today = clock.today()
    may_write = permissions.can_work_on(request.actor, task.case, Permission.TASK_WRITE)
    context = {
        "task": task,
        "rows": _rows(task),
        "back_url": record_url(task.case.kind, task.case_id, "tasks"),
        "record_url": record_url(task.case.kind, task.case_id),
        "actions": _actions(task) if may_write else [],
        "put_off": _put_off(task, today) if may_write else [],
    }
    return render(request, "casework/task.html", context)


@requires(Permission.TASK_WRITE)
def change(request: ActorRequest, task_id: UUID) -> HttpResponse:
    """Rewording, moving or handing over a task."""
    task = queries.get_row_to_change(request.actor, Task, task_id)
    url = reverse("casework:task", args=[task_id])
    is_not_done = partial(policies.check_is_not_done, task)
    cannot = cannot_work_on(request, task.case, Permission.TASK_WRITE) or told_no(request, is_not_done, url=url)
    if cannot:
        return cannot
    today = clock.today()
    choices = assignees(request.actor)

    def save(version: int, **given: Any) -> Task:
        given.setdefault("assignee_id", task.assignee_id)
        return services.change_task(actor=request.actor, task_id=task_id, version=version, today=today, **given)

    editing = Editing(
        title=_("Change the task") if task.kind == TaskKind.TASK else _("Change the meeting"),
        load=lambda: _stored(queries.get_row_to_change(request.actor, Task, task_id), has_assignees=bool(choices)),
        make=lambda *args, **kwargs: TaskEditForm(*args, assignees=choices, **kwargs),
        save=save,
        done_url=url,
    )
    return edit(request, editing)


@require_POST
@requires(Permission.TASK_WRITE)
def complete(request: ActorRequest, task_id: UUID) -> HttpResponse:
    """Tick it off."""
    task = queries.get_row_to_change(request.actor, Task, task_id)
    version = version_of(VersionForm(request.POST))
    return press(
        request,
        lambda: services.complete_task(actor=request.actor, task_id=task_id, version=version),
        done=_("Complete: %(title)s") % {"title": task.title},
        url=reverse("casework:task", args=[task_id]),
    )


@require_POST
@requires(Permission.TASK_WRITE)
def reopen(request: ActorRequest, task_id: UUID) -> HttpResponse:
    """Undo the tick."""
    task = queries.get_row_to_change(request.actor, Task, task_id)
    version = version_of(VersionForm(request.POST))
    return press(
        request,
        lambda: services.reopen_task(actor=request.actor, task_id=task_id, version=version),
        done=_("Not complete any more: %(title)s") % {"title": task.title},
        url=reverse("casework:task", args=[task_id]),
    )


@require_POST
@requires(Permission.TASK_WRITE)
def put_off(request: ActorRequest, task_id: UUID, days: int) -> HttpResponse:
    """Put it off by some days from today, or from its own day if that is later."""
    if days not in PUT_OFF_DAYS:
        raise Http404
    task = queries.get_row_to_change(request.actor, Task, task_id)
    version = version_of(VersionForm(request.POST))
    due_on = _later(task, clock.today(), days)
    return press(
        request,
        lambda: services.defer_task(actor=request.actor, task_id=task_id, version=version, due_on=due_on),
        done=_("Put off: %(title)s") % {"title": task.title},
        url=reverse("casework:task", args=[task_id]),
    )


def assignees(actor: Actor) -> list[tuple[Any, Any]]:
    """The colleagues a task can be given to; none where the organisation does not assign tasks (C-115)."""
    if not identity.organisation(actor.organisation_id).assigns_tasks:
        return []
    return [(user.pk, user.full_name) for user in identity.colleagues(actor, today=clock.today())]


def _add(actor: Actor, case_id: UUID, given: dict[str, Any]) -> Task:
    values = {**given, "kind": TaskKind(given["kind"])}
    return services.add_task(actor=actor, case_id=case_id, today=clock.today(), **values)


def _stored(task: Task, *, has_assignees: bool) -> Stored:
    names = ["title", "due_on", "starts_at", "place", "detail", *(["assignee_id"] if has_assignees else [])]
    return Stored("cases_task", task.pk, task.version, {name: getattr(task, name) for name in names})


def _rows(task: Task) -> list[SummaryRow]:
    rows = [SummaryRow(_("Due"), task.due_on), SummaryRow(_("Who does it"), _name(task.assignee) or _("Nobody"))]
    if task.kind == TaskKind.MEETING:
        rows += [SummaryRow(_("Time"), task.starts_at), SummaryRow(_("Place"), task.place)]
    rows.append(SummaryRow(_("Details"), task.detail))
    rows.append(SummaryRow(_("Added by"), _name(task.created_by)))
    if task.completed_at is not None:
        rows += [SummaryRow(_("Completed"), task.completed_at), SummaryRow(_("Completed by"), _name(task.completed_by))]
    return rows


def _name(user: Any) -> str:
    return user.full_name if user else ""


def _actions(task: Task) -> list[Action]:
    version = (("version", task.version),)
    if task.completed_at is not None:
        return [
            Action(
                _("Not complete after all"), reverse("casework:task_reopen", args=[task.pk]), True, "secondary", version
            )
        ]
    done = Action(
        pgettext("button", "Complete"), reverse("casework:task_complete", args=[task.pk]), True, "secondary", version
    )
    if task.case.status == CaseStatus.CLOSED:
        return [done]
    return [done, Action(_("Change"), reverse("casework:task_change", args=[task.pk]))]


def _put_off(task: Task, today: dt.date) -> list[Action]:
    """One press for each usual delay, naming the new day."""
    if task.completed_at is not None or task.case.status == CaseStatus.CLOSED:
        return []
    labels = {1: _("Put off by a day"), 7: _("Put off by a week")}
    return [
        Action(
            labels[days],
            reverse("casework:task_put_off", args=[task.pk, days]),
            True,
            "secondary",
            (("version", task.version),),
        )
        for days in PUT_OFF_DAYS
    ]


def _later(task: Task, today: dt.date, days: int) -> dt.date:
    return max(task.due_on, today) + dt.timedelta(days=days)
