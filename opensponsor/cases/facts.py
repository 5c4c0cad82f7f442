"""Reading what every list and every record page shows of a case. The contexts above put it together with their own."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from opensponsor.cases.models import Case, OnCase
from opensponsor.cases.permissions import READ_PERMISSION
from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import Hidden, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """What the record of every kind has: its own id and version, and what it shows of its case."""

    id: UUID
    version: int
    case_id: UUID
    case_version: int
    reference: str
    title: str | Hidden
    status: str
    opened_on: dt.date
    closed_on: dt.date | None
    owner_id: int
    owner_name: str
    assignee_id: int | None
    assignee_name: str
    contact_centre_works: bool


def facts_of(actor: Actor, record: OnCase) -> dict[str, Any]:
    """The fields of a CaseRecord, as the actor may see them. The case comes with its owner and assignee."""
    case = record.case
    return {
        "id": record.pk,
        "version": record.version,
        "case_id": case.pk,
        "case_version": case.version,
        "reference": case.reference,
        "title": shown(actor, case, "title"),
        "status": case.status,
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
        "owner_id": case.owner_id,
        "owner_name": case.owner.name,
        "assignee_id": case.assignee_id,
        "assignee_name": case.assignee.full_name if case.assignee else "",
        "contact_centre_works": case.contact_centre_works,
    }


def cases_of_kind(actor: Actor, kind: CaseKind) -> QuerySet[Case]:
    """The cases of one kind that the actor may see; none for an actor who does not read this kind."""
    if not actor.may(READ_PERMISSION[kind]):
        return Case.objects.none()
    cases: QuerySet[Case] = Case.objects.visible_to(actor).filter(kind=kind)
    return cases


def owner_name() -> Combinable:
    """The name of a case's owner in the language of the page, for lists."""
    english = F("owner__name_en")
    return Coalesce(NullIf("owner__name_cy", Value("")), english) if get_language() == "cy" else english


def assignee_name() -> Combinable:
    """The name of whoever works on the case, or an empty text, for lists."""
    return Coalesce("assignee__full_name", Value(""))
