"""Reading cases and what hangs on them; everything starts at what the actor may see."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from opensponsor.cases.models import Case, OnCase
from opensponsor.cases.permissions import READ_PERMISSION, readable_kinds
from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import Hidden, shown
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


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What every record page shows of its case."""

    id: UUID
    version: int
    reference: str
    kind: str
    title: str | Hidden
    status: str
    opened_on: dt.date
    closed_on: dt.date | None
    owner_id: int
    owner_name: str
    assignee_id: int | None
    assignee_name: str
    contact_centre_works: bool


def facts_of(actor: Actor, case: Case) -> CaseFacts:
    """The case as the actor may see it."""
    return CaseFacts(
        id=case.pk,
        version=case.version,
        reference=case.reference,
        kind=case.kind,
        title=shown(actor, case, "title"),
        status=case.status,
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        owner_id=case.owner_id,
        owner_name=case.owner.name,
        assignee_id=case.assignee_id,
        assignee_name=case.assignee.full_name if case.assignee else "",
        contact_centre_works=case.contact_centre_works,
    )


def cases_of_kind(actor: Actor, kind: CaseKind) -> QuerySet[Case]:
    """The cases of one kind that the actor may see; none for an actor who does not read this kind."""
    if not actor.may(READ_PERMISSION[kind]):
        return Case.objects.none()
    return Case.objects.visible_to(actor).filter(kind=kind)


def owner_name() -> Combinable:
    """The name of a case's owner in the language of the page, for lists."""
    english = F("owner__name_en")
    return Coalesce(NullIf("owner__name_cy", Value("")), english) if get_language() == "cy" else english


def assignee_name() -> Combinable:
    """The name of whoever works on the case, or an empty text, for lists."""
    return Coalesce("assignee__full_name", Value(""))
