"""Reading licences of sponsors."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from opensponsor.cases import facts
from opensponsor.cases.facts import CaseRecord
from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import HIDDEN, Hidden, may_see, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.identity import queries as identity
from opensponsor.identity.models import Organisation
from opensponsor.identity.permissions import Permission, check
from opensponsor.identity.states import OrganisationKind
from opensponsor.licensing.models import Licence


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """A licence in a list. `reference` is its number, `title` the name of the sponsor."""

    case_id: UUID
    case_version: int
    reference: str
    title: str | Hidden
    status: str
    opened_on: dt.date
    owner_name: str
    assignee_name: str
    rating: str
    trading_name: str
    granted_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRecord(CaseRecord):
    """A licence, with what the reader may see. The reference of its case is its number."""

    sponsor_name: str
    trading_name: str
    rating: str
    granted_on: dt.date
    contact_email: str | Hidden
    contact_phone: str | Hidden


def licence_cases(actor: Actor) -> QuerySet[Case]:
    """The cases of the licences that the actor may see."""
    return facts.cases_of_kind(actor, CaseKind.LICENCE)


def licence_rows(actor: Actor, case_ids: Sequence[UUID]) -> list[LicenceRow]:
    """The licences of these cases, in this order, as the actor may see them. One statement however many."""
    values = licence_cases(actor).filter(pk__in=case_ids).values_list(
        "pk",
        "version",
        "reference",
        "title",
        "status",
        "opened_on",
        facts.owner_name(),
        facts.assignee_name(),
        "licence__rating",
        "licence__trading_name",
        "licence__granted_on",
    )  # fmt: skip
    rows = {value[0]: LicenceRow(*value) for value in values}
    if not may_see(actor, Case, "title"):
        rows = {case_id: dataclasses.replace(row, title=HIDDEN) for case_id, row in rows.items()}
    return [rows[case_id] for case_id in case_ids if case_id in rows]


def get_licence(actor: Actor, case_id: UUID) -> LicenceRecord:
    """The licence of the case. Raises NotVisible."""
    check(actor, Permission.LICENCE_READ)
    licences = Licence.objects.visible_to(actor).select_related("case__owner", "case__assignee")
    licence: Licence | None = licences.filter(case_id=case_id).first()
    if licence is None:
        raise NotVisible
    return LicenceRecord(
        **facts.facts_of(actor, licence),
        sponsor_name=licence.sponsor_name,
        trading_name=licence.trading_name,
        rating=licence.rating,
        granted_on=licence.granted_on,
        contact_email=shown(actor, licence, "contact_email"),
        contact_phone=shown(actor, licence, "contact_phone"),
    )


def sponsor_organisations() -> QuerySet[Organisation]:
    """The organisations that may hold a licence, by name."""
    return identity.organisations().filter(kind=OrganisationKind.LICENSED_SPONSOR)
