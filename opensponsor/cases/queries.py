"""Reading cases and what hangs on them; everything starts at what the actor may see."""

import dataclasses
import datetime as dt
from typing import TypeVar
from uuid import UUID

from django.db import connection

from opensponsor.cases.models import Case, OnCase
from opensponsor.cases.permissions import readable_kinds
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible

_SHARED = "SELECT cases_shared_with(%s, %s)"


def with_shared_cases(actor: Actor, *, today: dt.date) -> Actor:
    """The actor, knowing the cases that other organisations share with its own today."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [actor.organisation_id, today])
        shared = frozenset(row[0] for row in cursor.fetchall())
    if not shared:
        return actor
    return dataclasses.replace(actor, reads=dataclasses.replace(actor.reads, shared_case_ids=shared))


Row = TypeVar("Row", bound=OnCase)


def get_case(actor: Actor, case_id: UUID) -> Case:
    """The case, if the actor may see it. Raises NotVisible."""
    case = Case.objects.visible_to(actor).select_related("owner", "assignee").filter(pk=case_id).first()
    if case is None:
        raise NotVisible
    return case


def lock_case(actor: Actor, case_id: UUID) -> Case:
    """The case, locked for this transaction, if the actor may change it. Raises NotVisible."""
    case = Case.objects.writable_by(actor).select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotVisible
    return case


def get_row(actor: Actor, model: type[Row], row_id: UUID) -> Row:
    """A row that hangs on a case, if the actor may see it. Raises NotVisible."""
    rows = model.objects.visible_to(actor).filter(case__kind__in=readable_kinds(actor))
    row: Row | None = rows.select_related("case").filter(pk=row_id).first()
    if row is None:
        raise NotVisible
    return row


def lock_row(actor: Actor, model: type[Row], row_id: UUID) -> Row:
    """A row that hangs on a case, locked for this transaction with its case, if the actor may change it. Raises NotVisible."""
    rows = model.objects.writable_by(actor).filter(case__kind__in=readable_kinds(actor))
    row: Row | None = rows.select_related("case").select_for_update().filter(pk=row_id).first()
    if row is None:
        raise NotVisible
    return row
