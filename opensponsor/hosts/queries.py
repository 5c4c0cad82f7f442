"""Reading sponsors and hosts."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from opensponsor.cases import facts
from opensponsor.cases.facts import CaseRecord
from opensponsor.cases.models import Case, OnCase
from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import HIDDEN, Hidden, fed_values, may_see, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.hosts.models import HostAddress, Sponsor, Sponsorship
from opensponsor.identity.permissions import Permission, check

# What a feed says about a sponsor, beside what a council made of it.
FED_FIELDS = ("given_names", "family_name", "email", "phone", "home_address", "home_postcode")


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
    home_address: str | Hidden
    home_postcode: str | Hidden
    host_status: str
    source: str
    fed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AddressRecord:
    """A place that a sponsor or host offers, with what it offers and how far the offer is."""

    address_id: UUID
    address: str | Hidden
    postcode: str | Hidden
    annotation: str | Hidden
    is_sponsors_home: bool | None
    status: str
    single_rooms: int | None
    double_rooms: int | None
    step_free: str
    allows_pets: bool | None
    available_from: dt.date | None


@dataclass(frozen=True, slots=True)
class SponsorshipRecord:
    """Who sponsors a household, where and since when. Without a case the reader may not open the sponsor."""

    sponsor_case_id: UUID | None
    sponsor_name: str | Hidden
    address: str | Hidden
    postcode: str | Hidden
    status: str
    starts_on: dt.date
    ends_on: dt.date | None


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
        home_address=shown(actor, sponsor, "home_address"),
        home_postcode=shown(actor, sponsor, "home_postcode"),
        host_status=sponsor.status,
        source=sponsor.source,
        fed=fed_values(actor, sponsor, FED_FIELDS),
    )


def addresses_of(actor: Actor, case_id: UUID) -> list[AddressRecord]:
    """The places that the sponsor or host of the case offers, the first recorded first (SPO-004)."""
    check(actor, Permission.SPONSOR_READ)
    found = HostAddress.objects.visible_to(actor).filter(case_id=case_id, removed_on=None).select_related("offer")
    return [_address(actor, one) for one in found.order_by("created_at", "pk")]


def get_address(actor: Actor, case_id: UUID, address_id: UUID) -> AddressRecord:
    """One of these places, removed or not. Raises NotVisible."""
    check(actor, Permission.SPONSOR_READ)
    found = HostAddress.objects.visible_to(actor).filter(case_id=case_id, pk=address_id).select_related("offer")
    if (address := found.first()) is None:
        raise NotVisible
    return _address(actor, address)


def _address(actor: Actor, one: HostAddress) -> AddressRecord:
    offer = one.offer
    return AddressRecord(
        address_id=one.pk,
        address=shown(actor, one, "address"),
        postcode=shown(actor, one, "postcode"),
        annotation=shown(actor, one, "annotation"),
        is_sponsors_home=one.is_sponsors_home,
        status=offer.status,
        single_rooms=offer.single_rooms,
        double_rooms=offer.double_rooms,
        step_free=offer.step_free,
        allows_pets=offer.allows_pets,
        available_from=offer.available_from,
    )


def sponsorships_of(actor: Actor, case_id: UUID) -> list[SponsorshipRecord]:
    """Who sponsors or sponsored the household of the case: those of today first, then the latest."""
    check(actor, Permission.SPONSOR_READ)
    found = Sponsorship.objects.visible_to(actor).filter(case_id=case_id)
    latest = found.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk")
    sponsors = _in_reach(actor, Sponsor, latest.values("sponsor_id"), "case")
    places = _in_reach(actor, HostAddress, latest.values("address_id"), "offer")
    return [_sponsorship(actor, one, sponsors.get(one.sponsor_id), places.get(one.address_id)) for one in latest]


def _in_reach(actor: Actor, model: type[OnCase], ids: QuerySet[Any], related: str) -> dict[Any, Any]:
    """The rows that the reader may open: a sponsor or place of another council is not in reach with the household."""
    rows = model.objects.visible_to(actor).filter(pk__in=ids.order_by()).select_related(related)
    return {row.pk: row for row in rows}


def _sponsorship(
    actor: Actor, one: Sponsorship, sponsor: Sponsor | None, place: HostAddress | None
) -> SponsorshipRecord:
    return SponsorshipRecord(
        sponsor_case_id=sponsor.case_id if sponsor else None,
        sponsor_name=shown(actor, sponsor.case, "title") if sponsor else "",
        address=shown(actor, place, "address") if place else "",
        postcode=shown(actor, place, "postcode") if place else "",
        status=place.offer.status if place else "",
        starts_on=one.starts_on,
        ends_on=one.ends_on,
    )
