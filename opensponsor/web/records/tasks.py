"""The tasks and meetings of a record."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensponsor.cases import queries
from opensponsor.identity.permissions import Permission
from opensponsor.web.casework.task_lines import shape_of
from opensponsor.web.components.shapes import Action
from opensponsor.web.records.addresses import url_of
from opensponsor.web.records.kinds import Kind, Opened


def content(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """What is to be done on this record, then what was done."""
    lines = queries.tasks_of_case(opened.actor, opened.record.case_id)
    may_add = opened.is_open and opened.may(Permission.TASK_WRITE)
    add_url = url_of("casework:task_add", opened.record.case_id)
    return {
        "to_do": [shape_of(line, opened.today) for line in lines if line.completed_at is None],
        "done": [shape_of(line, opened.today) for line in lines if line.completed_at is not None],
        "add": [Action(_("Add a task or meeting"), add_url)] if may_add else [],
    }
