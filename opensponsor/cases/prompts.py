"""What the platform asks of those who work on cases, derived on each look."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from opensponsor.cases import queries
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import shown
from opensponsor.core.prompts import Prompt
from opensponsor.identity.permissions import Permission

# Our choices: how long a case may be nobody's, and how long a council waits for a decision.
UNASSIGNED_DAYS = 2
DECISION_DAYS = 5
_MOST = 20


def prompts(actor: Actor, today: dt.date) -> list[Prompt]:
    """Cases that are nobody's, tasks that are nobody's, and requests that wait for this actor's decision."""
    found: list[Prompt] = []
    if actor.may(Permission.CASE_ASSIGN):
        found += _unassigned_cases(actor, today)
    if actor.may(Permission.TASK_WRITE):
        found += _unassigned_tasks(actor)
    if actor.may(Permission.REQUEST_DECIDE):
        found += _requests(actor)
    return found


def _unassigned_cases(actor: Actor, today: dt.date) -> list[Prompt]:
    before = today - dt.timedelta(days=UNASSIGNED_DAYS)
    return [
        Prompt(
            code="case.unassigned",
            title=_("Choose a caseworker for %(record)s") % {"record": shown(actor, case, "title") or case.reference},
            why=_("Open for more than %(days)s days without a caseworker") % {"days": UNASSIGNED_DAYS},
            clears=_("the record has a caseworker, or is closed"),
            due_on=case.opened_on + dt.timedelta(days=UNASSIGNED_DAYS),
            case_id=case.pk,
        )
        for case in queries.unassigned_cases(actor, opened_before=before, limit=_MOST)
    ]


def _unassigned_tasks(actor: Actor) -> list[Prompt]:
    return [
        Prompt(
            code="task.unassigned",
            title=_("Take over a task: %(task)s") % {"task": task.title},
            why=_("The task on %(record)s is nobody's") % {"record": task.case.title or task.case.reference},
            clears=_("the task has somebody who does it, or is done"),
            due_on=task.due_on,
            case_id=task.case.id,
        )
        for task in queries.unassigned_tasks(actor, limit=_MOST)
    ]


def _requests(actor: Actor) -> list[Prompt]:
    return [
        Prompt(
            code="request.waiting",
            title=_("Decide a request of %(organisation)s") % {"organisation": request.owner.name},
            why=f"{request.get_kind_display()}: {request.case.reference}",
            clears=_("the request is approved, refused or withdrawn"),
            due_on=timezone.localdate(request.created_at) + dt.timedelta(days=DECISION_DAYS),
            page="casework:requests",
        )
        for request in queries.requests_to_decide(actor)[:_MOST]
    ]
