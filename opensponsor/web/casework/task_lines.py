"""Tasks as lines of a list."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from opensponsor.cases.queries import TaskLine
from opensponsor.cases.rules.urgency import ORDER, urgency_of
from opensponsor.cases.states import Urgency
from opensponsor.core.prompts import Prompt
from opensponsor.web.components import cells, shapes


def shape_of(line: TaskLine, today: dt.date, *, with_record: bool = False) -> shapes.Task:
    """A task in a list. `with_record` says which record it is on."""
    urgency = urgency_of(line.due_on, today)
    status = cells.status_tag(urgency, urgency.label)
    if line.completed_at is not None:
        status = cells.status_tag("CLOSED", _("Complete"))
    return shapes.Task(
        line.title,
        reverse("casework:task", args=[line.id]),
        why=_record_of(line) if with_record else "",
        due=_due(line),
        owner=line.assignee_name or _("Nobody"),
        status=status,
    )


def grouped(dated: Iterable[tuple[dt.date, Any]], today: dt.date) -> list[tuple[Urgency, list[Any]]]:
    """Things by urgency, the most pressing group first, each group as it falls due; empty groups are left out."""
    groups: dict[Urgency, list[Any]] = {urgency: [] for urgency in ORDER}
    for due_on, thing in sorted(dated, key=lambda pair: pair[0]):
        groups[urgency_of(due_on, today)].append(thing)
    return [(urgency, things) for urgency, things in groups.items() if things]


def prompt_shape(prompt: Prompt, url: str, today: dt.date) -> shapes.Task:
    """A prompt in a list: why it is there and what clears it."""
    urgency = urgency_of(prompt.due_on, today)
    return shapes.Task(
        prompt.title,
        url,
        why=prompt.why,
        clears=prompt.clears,
        due=cells.day(prompt.due_on),
        status=cells.status_tag(urgency, urgency.label),
    )


def _record_of(line: TaskLine) -> str:
    return f"{line.case.title}, {line.case.reference}" if line.case.title else line.case.reference


def _due(line: TaskLine) -> str:
    if line.completed_at is not None:
        return _("Done on %(day)s") % {"day": cells.day(timezone.localdate(line.completed_at))}
    time = f", {dateformat.time_format(line.starts_at, 'H:i')}" if line.starts_at else ""
    place = f", {line.place}" if line.place else ""
    return f"{cells.day(line.due_on)}{time}{place}"
