"""Reading sponsors and hosts."""

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
from opensponsor.hosts.models import Sponsor
from opensponsor.identity.permissions import Permission, check


@dataclass(frozen=True, slots=True)
class SponsorRow:
    """A sponsor or host in a list. `title` is their name."""

    case_id: UUID
    case_version: int
    reference: str
    title: str | Hidden
    status: str
    opened_on: dt.date
    owner_name: str
    assignee_name: str
    type: str
    email: str | Hidden
    phone: str | Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorRecord(CaseRecord):
    """A sponsor or host, with what the reader may see of them."""

    type: str
    given_names: str | Hidden
    family_name: str | Hidden
    birth_date: dt.date | Hidden | None
    email: str | Hidden
    phone: str | Hidden


def sponsor_cases(actor: Actor) -> QuerySet[Case]:
    """The cases of the sponsors and hosts that the actor may see."""
    return facts.cases_of_kind(actor, CaseKind.SPONSOR)


def sponsor_rows(actor: Actor, case_ids: Sequence[UUID]) -> list[SponsorRow]:
    """The sponsors of these cases, in this order, as the actor may see them. One statement however many."""
    values = sponsor_cases(actor).filter(pk__in=case_ids).values_list(
        "pk",
        "version",
        "reference",
        "title",
        "status",
        "opened_on",
        facts.owner_name(),
        facts.assignee_name(),
        "sponsor__type",
        "sponsor__email",
        "sponsor__phone",
    )  # fmt: skip
    rows = {value[0]: _as_seen(actor, SponsorRow(*value)) for value in values}
    return [rows[case_id] for case_id in case_ids if case_id in rows]


def _as_seen(actor: Actor, row: SponsorRow) -> SponsorRow:
    if not may_see(actor, Case, "title"):
        row = dataclasses.replace(row, title=HIDDEN)
    if not may_see(actor, Sponsor, "email", "phone"):
        row = dataclasses.replace(row, email=HIDDEN, phone=HIDDEN)
    return row


def get_sponsor(actor: Actor, case_id: UUID) -> SponsorRecord:
    """The sponsor or host of the case. Raises NotVisible."""
    check(actor, Permission.SPONSOR_READ)
    sponsors = Sponsor.objects.visible_to(actor).select_related("case__owner", "case__assignee")
    sponsor: Sponsor | None = sponsors.filter(case_id=case_id).first()
    if sponsor is None:
        raise NotVisible
    return SponsorRecord(
        **facts.facts_of(actor, sponsor),
        type=sponsor.type,
        given_names=shown(actor, sponsor, "given_names"),
        family_name=shown(actor, sponsor, "family_name"),
        birth_date=shown(actor, sponsor, "birth_date"),
        email=shown(actor, sponsor, "email"),
        phone=shown(actor, sponsor, "phone"),
    )
