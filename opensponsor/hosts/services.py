"""Adding and changing sponsors and hosts, and asking for what only the national team does."""

import datetime as dt
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases import permissions
from opensponsor.cases import policies as case_policies
from opensponsor.cases import queries as cases
from opensponsor.cases.services import requests, titles
from opensponsor.cases.services.cases import open_case
from opensponsor.cases.states import CaseKind, CaseStatus, RequestKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import check_may_see
from opensponsor.core.references import next_reference
from opensponsor.core.refusals import Refused
from opensponsor.core.saving import save_changes
from opensponsor.core.text import trimmed
from opensponsor.hosts.models import HostAddress, Sponsor, Sponsorship
from opensponsor.hosts.states import HostStatus, SponsorType
from opensponsor.identity import queries as identity
from opensponsor.identity.permissions import Permission, check
from opensponsor.people import policies
from opensponsor.reference.rules.postcodes import normalise


class SponsorDetails(TypedDict, total=False):
    """What may be said about a sponsor or host; what is left out stays as it is."""

    type: str
    given_names: str
    family_name: str
    birth_date: dt.date | None
    email: str
    phone: str
    home_address: str
    home_postcode: str


@transaction.atomic
def add_sponsor(
    *, actor: Actor, today: dt.date, owner_id: int | None = None, **details: Unpack[SponsorDetails]
) -> Sponsor:
    """Add a sponsor or host by hand: a host unless said otherwise (SPO-006), for the actor's council (ORG-032, C-116).

    Raises Refused, NotVisible.
    """
    check(actor, Permission.SPONSOR_WRITE)
    check_may_see(actor, Sponsor, *details)
    fields = {"type": SponsorType.HOST, **_as_stored(details)}
    given, family = details.get("given_names", ""), details.get("family_name", "")
    policies.check_has_name(given, family)
    policies.check_may_own(identity.organisation(owner_id or actor.organisation_id))
    case = open_case(
        actor=actor,
        kind=CaseKind.SPONSOR,
        reference=next_reference("SPO", "hosts_sponsor_reference"),
        opened_on=today,
        owner_id=owner_id,
        **titles.of_person(given, family),
    )
    sponsor = Sponsor.objects.create(case=case, owner_id=case.owner_id, **fields)
    audit.record("sponsor.added", actor=actor, case_id=case.pk, owner_id=case.owner_id, type=fields["type"])
    return sponsor


@transaction.atomic
def change_sponsor(*, actor: Actor, sponsor_id: UUID, version: int, **changes: Unpack[SponsorDetails]) -> Sponsor:
    """Change what is recorded about a sponsor or host. Raises Refused, Conflict, NotVisible."""
    sponsor = cases.lock_row(actor, Sponsor, sponsor_id)
    permissions.check_may_work_on(actor, sponsor.case, Permission.SPONSOR_WRITE)
    case_policies.check_is_open(sponsor.case)
    check_may_see(actor, Sponsor, *changes)
    given, family = changes.get("given_names", sponsor.given_names), changes.get("family_name", sponsor.family_name)
    policies.check_has_name(given, family)
    save_changes(sponsor, expected_version=version, **_as_stored(changes))
    titles.rename(sponsor.case, titles.of_person(given, family))
    audit.record("sponsor.changed", actor=actor, case_id=sponsor.case_id, owner_id=sponsor.owner_id)
    return sponsor


@transaction.atomic
def close_as_duplicate(*, actor: Actor, sponsor: Sponsor, today: dt.date) -> None:
    """Close a record that another one of the same sponsor has made needless, for services that checked that it may be.

    Without its key no feed finds it again. Raises Conflict.
    """
    save_changes(sponsor, expected_version=sponsor.version, status=HostStatus.DUPLICATE, source_key="")
    case = sponsor.case
    save_changes(case, expected_version=case.version, status=CaseStatus.CLOSED, closed_on=today)
    audit.record("sponsor.closed_as_duplicate", actor=actor, case_id=case.pk, owner_id=case.owner_id)


@transaction.atomic
def ask_to_remove_address(*, actor: Actor, address_id: UUID, reason: str, today: dt.date) -> None:
    """Ask the national team to remove an old address: councils cannot do it themselves (ORG-035).

    Raises Refused while somebody lives there, NotVisible.
    """
    address = cases.lock_row(actor, HostAddress, address_id)
    _check_is_old(address, today)
    requests.raise_request(
        actor=actor,
        case_id=address.case_id,
        kind=RequestKind.REMOVE_ADDRESS,
        subject_id=address.pk,
        reason=reason,
    )


@transaction.atomic
def decide_removal(*, today: dt.date, **decision: Unpack[requests.Decision]) -> None:
    """Approve or refuse to remove an address; what once referred to it keeps it (ORG-035).

    Raises Refused, Conflict, NotVisible.
    """
    request = requests.settle(RequestKind.REMOVE_ADDRESS, **decision)
    if not decision["approve"]:
        return
    address = HostAddress.objects.select_for_update().filter(pk=request.subject_id, case=request.case_id).first()
    if address is None:
        raise Refused(_("This address is not on the record any more. Refuse the request."))
    _check_is_old(address, today)
    save_changes(address, expected_version=address.version, removed_on=today)
    audit.record(
        "sponsor.address_removed",
        actor=decision["actor"],
        case_id=address.case_id,
        owner_id=address.owner_id,
        address_id=address.pk,
    )


def _check_is_old(address: HostAddress, today: dt.date) -> None:
    if address.removed_on is not None:
        raise Refused(_("This address was removed already."))
    if Sponsorship.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), address=address).exists():
        raise Refused(_("A household is linked to this address. End that first."))


def _as_stored(details: SponsorDetails) -> dict[str, Any]:
    """The details without spaces around them, the postcode in its stored form. Raises Refused for one that is none."""
    stored: dict[str, Any] = {**trimmed(details)}
    if stored.get("home_postcode"):
        stored["home_postcode"] = normalise(stored["home_postcode"])
        if stored["home_postcode"] is None:
            raise Refused(_("Enter a postcode such as LL32 8LD."))
    return stored
