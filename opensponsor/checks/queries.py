"""Reading checks: what is recorded, what is required, and what they say together."""

import datetime as dt
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Q, QuerySet

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseStatus
from opensponsor.checks.models import Check
from opensponsor.checks.rules.summary import (
    Guest,
    Recorded,
    Requirement,
    Situation,
    Subject,
    Summary,
    required,
    summarise,
)
from opensponsor.checks.states import CheckType
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import Hidden, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.hosts.models import HostAddress, Sponsor, Sponsorship
from opensponsor.identity.permissions import Permission, check
from opensponsor.people.models import Household, HouseholdMember

_Checks = Mapping[UUID | int, dict[tuple[str, UUID], Recorded]]
_Hosts = Mapping[UUID, list[tuple[UUID, UUID | None]]]
Names = Mapping[UUID, str | Hidden]


class SubjectKeys(TypedDict):
    """The columns that say whose check it is; those that do not belong to its type are None."""

    sponsor_id: UUID | None
    address_id: UUID | None
    household_id: UUID | None


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """One check that is required, recorded or not, with what the reader may see of it.

    `case_id` is the case it hangs on, None where the reader does not see that. A check that nobody recorded yet has no
    id, the version 0 and the status NOT_STARTED.
    """

    type: CheckType
    subject_id: UUID
    case_id: UUID | None
    id: UUID | None
    version: int
    status: str
    checked_on: dt.date | None
    dbs_level: str | Hidden
    failure_reason: str | Hidden
    comment: str | Hidden


@dataclass(frozen=True, slots=True)
class HouseholdChecks:
    """What the checks of a household say together, the checks it needs, and the names of sponsors and addresses."""

    summary: Summary
    checks: tuple[CheckRecord, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class SponsorChecks:
    """The checks of a sponsor and of each of their addresses, with the names of the addresses."""

    checks: tuple[CheckRecord, ...]
    names: Names


def household_checks(actor: Actor, case_id: UUID, *, today: dt.date) -> HouseholdChecks:
    """The checks of the household of the case. Worked out anew, so that they are never behind. Raises NotVisible.

    Checks that hang on sponsors are left out for whoever does not read sponsors, but for their part in the summary.
    """
    check(actor, Permission.HOUSEHOLD_READ)
    household: Household | None = (
        Household.objects.visible_to(actor).filter(case_id=case_id).select_related("case").first()
    )
    if household is None:
        raise NotVisible
    (situation,) = situations_of([household], today=today)
    hosts = _hosts(actor, situation)
    needed = [one for one in required(situation) if one.type in _OF_HOUSEHOLDS or actor.may(Permission.SPONSOR_READ)]
    recorded = _recorded(actor, Q(household=household) | _of_hosts(situation.sponsors, situation.addresses, household))
    return HouseholdChecks(
        summarise(situation, today),
        tuple(
            _record(actor, one, case_id if one.type in _OF_HOUSEHOLDS else hosts.cases.get(one.id), recorded)
            for one in needed
        ),
        hosts.names,
    )


def sponsor_checks(actor: Actor, case_id: UUID) -> SponsorChecks:
    """The checks of the sponsor of the case, and of the addresses they offer. Raises NotVisible."""
    check(actor, Permission.SPONSOR_READ)
    sponsor: Sponsor | None = Sponsor.objects.visible_to(actor).filter(case_id=case_id).first()
    if sponsor is None:
        raise NotVisible
    addresses = list(HostAddress.objects.visible_to(actor).filter(sponsor=sponsor).order_by("created_at", "pk"))
    recorded = _recorded(actor, Q(case_id=case_id))
    needed = [
        Requirement(CheckType.SPONSOR, Subject.SPONSOR, sponsor.pk),
        *(Requirement(CheckType.EXISTS, Subject.ADDRESS, address.pk) for address in addresses),
    ]
    return SponsorChecks(
        tuple(_record(actor, one, case_id, recorded) for one in needed),
        {address.pk: shown(actor, address, "address") for address in addresses},
    )


def subject_of(case: Case, type_: CheckType, address_id: UUID | None, *, today: dt.date) -> SubjectKeys:
    """Whose check it is, if the case has such a subject: a suitable address is one where the household is hosted now.

    Raises NotVisible.
    """
    if type_ == CheckType.SPONSOR:
        return SubjectKeys(sponsor_id=_id_of(Sponsor.objects.filter(case=case)), address_id=None, household_id=None)
    if type_ == CheckType.EXISTS:
        offered = HostAddress.objects.filter(case=case, pk__in=[address_id])
        return SubjectKeys(sponsor_id=None, address_id=_id_of(offered), household_id=None)
    household_id = _id_of(Household.objects.filter(case=case))
    if type_ == CheckType.SUITABLE and not _current(today).filter(household=household_id, address=address_id).exists():
        raise NotVisible
    is_of_address = type_ == CheckType.SUITABLE
    return SubjectKeys(sponsor_id=None, address_id=address_id if is_of_address else None, household_id=household_id)


def _id_of(rows: QuerySet[Any]) -> UUID:
    """The id of the first of the rows. Raises NotVisible where there is none."""
    found: UUID | None = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True, slots=True)
class _HostsSeen:
    """What the reader sees of the sponsors and addresses of a household, by their ids."""

    names: dict[UUID, str | Hidden]
    cases: dict[UUID, UUID]


def _hosts(actor: Actor, situation: Situation) -> _HostsSeen:
    if not actor.may(Permission.SPONSOR_READ):
        return _HostsSeen({}, {})
    sponsors = list(Sponsor.objects.visible_to(actor).filter(pk__in=situation.sponsors).select_related("case"))
    addresses = list(HostAddress.objects.visible_to(actor).filter(pk__in=situation.addresses))
    names = {one.pk: shown(actor, one.case, "title") for one in sponsors}
    names |= {one.pk: shown(actor, one, "address") for one in addresses}
    return _HostsSeen(names, {one.pk: one.case_id for one in [*sponsors, *addresses]})


_OF_HOUSEHOLDS = frozenset({CheckType.SUITABLE, CheckType.ARRIVED})


def _of_hosts(sponsors: Iterable[UUID], addresses: Iterable[UUID], household: Household) -> Q:
    """The checks of these sponsors and addresses that count for the household."""
    of_hosts = Q(sponsor__in=sponsors) | Q(address__in=addresses, type=CheckType.EXISTS)
    return of_hosts & Q(owner_id=household.owner_id)


def _recorded(actor: Actor, which: Q) -> dict[tuple[str, UUID], Check]:
    rows = Check.objects.visible_to(actor).filter(which)
    return {(one.type, one.sponsor_id or one.address_id or one.household_id): one for one in rows}


def _record(
    actor: Actor, needed: Requirement, case_id: UUID | None, recorded: Mapping[tuple[str, UUID], Check]
) -> CheckRecord:
    stored = recorded.get((needed.type, needed.id)) or Check(type=needed.type, version=0)
    return CheckRecord(
        type=needed.type,
        subject_id=needed.id,
        case_id=case_id,
        id=stored.pk if stored.version else None,
        version=stored.version,
        status=stored.status,
        checked_on=stored.checked_on,
        dbs_level=shown(actor, stored, "dbs_level"),
        failure_reason=shown(actor, stored, "failure_reason"),
        comment=shown(actor, stored, "comment"),
    )


def _current(today: dt.date) -> QuerySet[Sponsorship]:
    """Sponsorships that have not ended, those that are yet to begin included."""
    current: QuerySet[Sponsorship] = Sponsorship.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today))
    return current


def situations_of(households: Sequence[Household], *, today: dt.date) -> list[Situation]:
    """What the rules need to know of these households, which come with their cases. Three statements however many.

    Of checks that hang on sponsors only those count that belong to the owner of the household: a sponsor of two
    councils is two rows, each with the checks of its own council.
    """
    ids = [household.pk for household in households]
    guests = _guests(ids)
    hosts = _current_hosts(ids, today)
    checks = _checks(ids, hosts)
    return [_situation(one, guests[one.pk], hosts[one.pk], checks) for one in households]


def _situation(
    household: Household, guests: list[Guest], hosts: list[tuple[UUID, UUID | None]], checks: _Checks
) -> Situation:
    return Situation(
        id=household.pk,
        is_closed=household.case.status == CaseStatus.CLOSED,
        guests=tuple(guests),
        sponsors=tuple(dict.fromkeys(sponsor for sponsor, _ in hosts)),
        addresses=tuple(dict.fromkeys(address for _, address in hosts if address)),
        checks=ChainMap(checks[household.pk], checks[household.owner_id]),
    )


def _guests(household_ids: Sequence[UUID]) -> Mapping[UUID, list[Guest]]:
    """Who is in each household today, the lead applicant first."""
    present = HouseholdMember.objects.filter(household__in=household_ids, ends_on=None)
    found: dict[UUID, list[Guest]] = defaultdict(list)
    ordered = present.order_by("-is_lead", "person__birth_date", "person_id")
    for household_id, *guest in ordered.values_list("household_id", "person_id", "person__birth_date"):
        found[household_id].append(Guest(*guest))
    return found


def _current_hosts(household_ids: Sequence[UUID], today: dt.date) -> _Hosts:
    """Who hosts each household, and where."""
    found: dict[UUID, list[tuple[UUID, UUID | None]]] = defaultdict(list)
    ordered = _current(today).filter(household__in=household_ids).order_by("starts_on", "pk")
    for household_id, *pair in ordered.values_list("household_id", "sponsor_id", "address_id"):
        found[household_id].append((pair[0], pair[1]))
    return found


def _checks(household_ids: Sequence[UUID], hosts: _Hosts) -> _Checks:
    """What is recorded: of households under their id, of sponsors and addresses under the id of the owner."""
    pairs = [pair for of_household in hosts.values() for pair in of_household]
    recorded = Check.objects.filter(
        Q(household__in=household_ids)
        | Q(sponsor__in={sponsor for sponsor, _ in pairs})
        | Q(address__in={address for _, address in pairs if address}, type=CheckType.EXISTS)
    )
    found: dict[UUID | int, dict[tuple[str, UUID], Recorded]] = defaultdict(dict)
    columns = ("type", "sponsor_id", "address_id", "household_id", "owner_id", "status", "checked_on", "dbs_level")
    for type_, sponsor, address, household, owner, *outcome in recorded.values_list(*columns):
        found[household or owner][type_, sponsor or address or household] = Recorded(*outcome)
    return found
