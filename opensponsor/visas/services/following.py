"""Sponsors follow the households and applications that name them to another owner: one row for each owner (FEED-008).

Whoever only they need is handed over. Whoever others need too stays with them, and so does who offers a home to the
council that had them: then the new owner has a row of its own, the one it recorded already under the same name and
postcode, else a copy. The feed links them in the same way.

A row that nobody needs any more, because the new owner had one already, is closed as a duplicate under "Unassigned";
what it offers waits there until it is given to a council, and then goes to the row that the council has. Nothing is
lost, and the feed, which finds sponsors by their key, does not come back to what is closed.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from opensponsor.audit import services as audit
from opensponsor.cases.models import Case
from opensponsor.cases.services.cases import hand_over, open_case
from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.clock import now, today
from opensponsor.core.references import next_reference
from opensponsor.core.rowsecurity import write_for
from opensponsor.core.saving import save_changes
from opensponsor.hosts.models import HostAddress, OfferedProperty, Sponsor, Sponsorship
from opensponsor.hosts.services import close_as_duplicate
from opensponsor.hosts.states import PropertyStatus
from opensponsor.identity.models import Organisation
from opensponsor.identity.states import OrganisationKind
from opensponsor.visas.models import Application

_OF_SPONSOR = (
    *("type", "given_names", "family_name", "birth_date", "email", "phone", "status", "home_address", "home_postcode"),
    *("source", "source_key", "fed"),
)
_OF_OFFER = ("single_rooms", "double_rooms", "family_type", "step_free", "allows_pets", "available_from")
_OF_ADDRESS = ("address", "postcode", "annotation", "is_sponsors_home", "source_key")


@dataclass(frozen=True, slots=True)
class Claims:
    """What names sponsors and goes to another owner: sponsorships of a household, applications."""

    sponsorships: QuerySet[Sponsorship]
    applications: QuerySet[Application]


def sponsors_follow(actor: Actor, owner: Organisation, council: Organisation, claims: Claims) -> list[str]:
    """Hand over the owner's sponsors whom only these name, and link the others to rows of the council.

    Runs in the name of the owner, before the claims themselves are handed over. Returns the names of those whom the
    council had recorded already.
    """
    ids = {
        *claims.sponsorships.values_list("sponsor", flat=True),
        *claims.applications.values_list("sponsor", flat=True),
    }
    known = []
    for sponsor in Sponsor.objects.filter(pk__in=ids - {None}, owner=owner).select_related("case").order_by("pk"):
        same = same_sponsor(sponsor, council)
        is_theirs_only = not _is_needed_elsewhere(sponsor, claims)
        if same is None and is_theirs_only and (owner.kind == OrganisationKind.UNASSIGNED or not _offers(sponsor)):
            give(actor, sponsor.case, council)
            continue
        if same is not None:
            known.append(str(sponsor.case.title))
        write_for(council.pk)
        theirs = same or _copy(actor, sponsor, council)
        addresses = _addresses(sponsor, theirs, claims)
        write_for(owner.pk)
        _link(sponsor, theirs, addresses, claims)
        if is_theirs_only and not _offers(sponsor):
            _put_away(actor, sponsor, owner)
    return known


def give(actor: Actor, case: Case, council: Organisation) -> None:
    """Hand the case over, and say so in the history."""
    hand_over(case, council.pk)
    audit.record(
        "case.assigned_to_council",
        actor=actor,
        case_id=case.pk,
        owner_id=council.pk,
        from_id=case.owner_id,
        to_id=council.pk,
    )


def join(actor: Actor, sponsor: Sponsor, theirs: Sponsor, council: Organisation) -> None:
    """Make one sponsor of two: what the first offers goes to the council's record, and the first is closed.

    In the name of the first one's owner, then of the council.
    """
    close_as_duplicate(actor=actor, sponsor=sponsor, today=today())
    give(actor, sponsor.case, council)
    write_for(council.pk)
    for address in HostAddress.objects.filter(sponsor=sponsor).select_related("offer").order_by("pk"):
        same = _found_address(address, theirs)
        if same is None:
            hangs_on = {"case_id": theirs.case_id, "version": F("version") + 1, "updated_at": now()}
            HostAddress.objects.filter(pk=address.pk).update(sponsor=theirs, **hangs_on)
            OfferedProperty.objects.filter(address=address).update(**hangs_on)
        else:
            _take_over_offer(address.offer, same.offer)


def _take_over_offer(offer: OfferedProperty, theirs: OfferedProperty) -> None:
    """What the council has recorded of the same place stands. One place has each offer."""
    reference = offer.offer_reference
    save_changes(offer, expected_version=offer.version, offer_reference="")
    if theirs.offer_reference:
        return
    empty = [name for name in _OF_OFFER if getattr(theirs, name) in (None, "")]
    taken = {name: getattr(offer, name) for name in empty}
    save_changes(theirs, expected_version=theirs.version, offer_reference=reference, **taken)


def same_sponsor(sponsor: Sponsor, council: Organisation) -> Sponsor | None:
    """The sponsor as the council has recorded them, by the same name and postcode."""
    if not sponsor.source_key:
        return None
    found: Sponsor | None = Sponsor.objects.filter(owner=council, source_key=sponsor.source_key).first()
    return found


def _is_needed_elsewhere(sponsor: Sponsor, claims: Claims) -> bool:
    others = Sponsorship.objects.filter(sponsor=sponsor).exclude(pk__in=claims.sponsorships.values("pk"))
    named = Application.objects.filter(sponsor=sponsor).exclude(pk__in=claims.applications.values("pk"))
    return others.exists() or named.exists()


def _offers(sponsor: Sponsor) -> bool:
    return OfferedProperty.objects.filter(case_id=sponsor.case_id).exclude(offer_reference="").exists()


def _put_away(actor: Actor, sponsor: Sponsor, owner: Organisation) -> None:
    """Close the record as a duplicate; a council that has nothing to do with the sponsor any more loses sight of it."""
    close_as_duplicate(actor=actor, sponsor=sponsor, today=today())
    if owner.kind != OrganisationKind.UNASSIGNED:
        hand_over(sponsor.case, Organisation.objects.get(kind=OrganisationKind.UNASSIGNED, realm=owner.realm).pk)


def _copy(actor: Actor, sponsor: Sponsor, council: Organisation) -> Sponsor:
    """The council's own record of the sponsor, opened when the first was."""
    for_council = dataclasses.replace(actor, writes=frozenset({council.pk}))
    case = open_case(
        actor=for_council,
        kind=CaseKind.SPONSOR,
        reference=next_reference("SPO", "hosts_sponsor_reference"),
        title=sponsor.case.title,
        sort_title=sponsor.case.sort_title,
        opened_on=sponsor.case.opened_on,
        owner_id=council.pk,
    )
    values = {name: getattr(sponsor, name) for name in _OF_SPONSOR}
    made: Sponsor = Sponsor.objects.create(case=case, owner_id=council.pk, **values)
    return made


def _addresses(sponsor: Sponsor, theirs: Sponsor, claims: Claims) -> dict[UUID, HostAddress]:
    """The addresses that the claims name, each with the one of the council's record."""
    named = {
        *claims.sponsorships.filter(sponsor=sponsor).values_list("address", flat=True),
        *claims.applications.filter(sponsor=sponsor).values_list("address", flat=True),
    }
    found = HostAddress.objects.filter(pk__in=named - {None}).order_by("pk")
    return {address.pk: _same_address(address, theirs) for address in found}


def _found_address(address: HostAddress, theirs: Sponsor) -> HostAddress | None:
    by = {"source_key": address.source_key} if address.source_key else {"address": address.address, "source_key": ""}
    found: HostAddress | None = HostAddress.objects.select_related("offer").filter(sponsor=theirs, **by).first()
    return found


def _same_address(address: HostAddress, theirs: Sponsor) -> HostAddress:
    same = _found_address(address, theirs)
    if same is not None:
        return same
    hangs_on: dict[str, Any] = {"case_id": theirs.case_id, "owner_id": theirs.owner_id}
    values = {name: getattr(address, name) for name in _OF_ADDRESS}
    made: HostAddress = HostAddress.objects.create(sponsor=theirs, **values, **hangs_on)
    OfferedProperty.objects.create(address=made, status=PropertyStatus.NEW, **hangs_on)
    return made


def _link(sponsor: Sponsor, theirs: Sponsor, addresses: dict[UUID, HostAddress], claims: Claims) -> None:
    changed = {"sponsor": theirs, "version": F("version") + 1, "updated_at": now()}
    for rows in (claims.sponsorships.filter(sponsor=sponsor), claims.applications.filter(sponsor=sponsor)):
        for row_id, address_id in list(rows.values_list("pk", "address")):
            address = addresses.get(address_id) if address_id else None
            rows.model._default_manager.filter(pk=row_id).update(address=address, **changed)
