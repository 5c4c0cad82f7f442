"""Reading checks: what is recorded, what is required, and what they say together."""

import datetime as dt
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Q, QuerySet

from opensponsor.cases import permissions as case_permissions
from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseStatus
from opensponsor.checks import permissions
from opensponsor.checks.models import Check, ChecksSummary
from opensponsor.checks.rules.summary import (
    Guest,
    Reason,
    Recorded,
    Requirement,
    Situation,
    Subject,
    Summary,
    Why,
    is_open,
    required,
    summarise,
)
from opensponsor.checks.states import ChecksStatus, CheckType
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import HIDDEN, Hidden, may_see, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.core.statements import among
from opensponsor.hosts.models import HostAddress, Sponsor, Sponsorship
from opensponsor.identity.permissions import Permission, check
from opensponsor.people.models import Household, HouseholdMember
from opensponsor.people.queries import HouseholdRecord

_BySubject = dict[tuple[str, UUID], Recorded]
_Checks = Mapping[UUID | int, _BySubject]
_Pairs = Sequence[tuple[UUID, UUID | None]]
_Hosts = Mapping[UUID, _Pairs]
Names = Mapping[UUID, str | Hidden]
# Checks that hang on the case of a household; the others hang on that of a sponsor.
OF_HOUSEHOLDS = frozenset({CheckType.SUITABLE, CheckType.ARRIVED})


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
    """The checks of a sponsor and of each of their addresses, with their names."""

    checks: tuple[CheckRecord, ...]
    names: Names


def household_checks(actor: Actor, record: HouseholdRecord, *, today: dt.date) -> HouseholdChecks:
    """The checks of a household that the actor reads, worked out anew, so that they are never behind.

    Whoever a household is shared with sees nothing of its sponsors: they get the summary as the owner last stored it,
    and the checks of the household alone, as does everybody who does not read sponsors. Five statements at most.
    """
    hosts = _current_hosts([record.id], today)[record.id]
    rows = _rows_of(actor, record, hosts)
    checks = {key: Recorded(row.status, row.checked_on, row.dbs_level) for key, row in rows.items()}
    situation = _situation(record.id, record.status, _guests_of(record), hosts, checks)
    stored = None if _reaches(actor, record) else _stored_summary(actor, record)
    reads_hosts = actor.may(Permission.SPONSOR_READ) and _reaches(actor, record)
    seen = _hosts_seen(actor, situation) if reads_hosts else _HostsSeen({}, {})
    needed = [one for one in required(situation) if one.type in OF_HOUSEHOLDS or reads_hosts]
    return HouseholdChecks(
        stored or summarise(situation, today),
        tuple(
            _record(actor, one, record.case_id if one.type in OF_HOUSEHOLDS else seen.cases.get(one.id), rows)
            for one in needed
        ),
        seen.names,
    )


def _reaches(actor: Actor, record: HouseholdRecord) -> bool:
    """Whether the actor reads all that the owner of the household has, and not this record alone."""
    return bool(actor.reads.realms) or record.owner_id in actor.reads.organisation_ids


def _stored_summary(actor: Actor, record: HouseholdRecord) -> Summary | None:
    stored: ChecksSummary | None = ChecksSummary.objects.visible_to(actor).filter(household=record.id).first()
    if stored is None:
        return None
    reasons = (Reason(code, Subject(subject), UUID(id_)) for code, subject, id_ in stored.reasons)
    return Summary(ChecksStatus(stored.status), tuple(reasons))


def _rows_of(actor: Actor, record: HouseholdRecord, hosts: _Pairs) -> dict[tuple[str, UUID], Check]:
    """What is recorded, by type and subject, for a household and for its hosts if they belong to the same owner."""
    addresses = [address for _, address in hosts if address]
    of_hosts = Q(sponsor__in=[sponsor for sponsor, _ in hosts]) | Q(address__in=addresses, type=CheckType.EXISTS)
    counting = Q(household=record.id) | of_hosts & Q(owner=record.owner_id)
    return _by_subject(Check.objects.visible_to(actor).filter(counting))


def _by_subject(rows: Iterable[Check]) -> dict[tuple[str, UUID], Check]:
    return {(row.type, _subject_id(row)): row for row in rows}


def _subject_id(row: Check) -> UUID:
    """The sponsor, the address, or else the household."""
    found: UUID = row.sponsor_id or row.address_id or row.household_id  # type: ignore[assignment]
    return found


def _guests_of(record: HouseholdRecord) -> list[Guest]:
    """The members of the record; read again where the reader does not see how old they are."""
    known = [Guest(one.person_id, one.birth_date) for one in record.members if one.birth_date is not HIDDEN]
    return known if len(known) == len(record.members) else _guests([record.id])[record.id]


def sponsor_checks(actor: Actor, case_id: UUID) -> SponsorChecks:
    """The checks of the sponsor of the case, and of the addresses they offer. Raises NotVisible."""
    check(actor, Permission.SPONSOR_READ)
    sponsors = Sponsor.objects.visible_to(actor).select_related("case")
    sponsor: Sponsor | None = sponsors.filter(case_id=case_id).first()
    if sponsor is None:
        raise NotVisible
    offered = HostAddress.objects.visible_to(actor).filter(sponsor=sponsor, removed_on=None)
    addresses = list(offered.order_by("created_at", "pk"))
    recorded = _by_subject(Check.objects.visible_to(actor).filter(case_id=case_id))
    needed = [
        Requirement(CheckType.SPONSOR, Subject.SPONSOR, sponsor.pk),
        *(Requirement(CheckType.EXISTS, Subject.ADDRESS, address.pk) for address in addresses),
    ]
    return SponsorChecks(
        tuple(_record(actor, one, case_id, recorded) for one in needed),
        {
            sponsor.pk: shown(actor, sponsor.case, "title"),
            **{address.pk: shown(actor, address, "address") for address in addresses},
        },
    )


def recordable(actor: Actor, checks: HouseholdChecks) -> list[CheckRecord]:
    """Those of a household's checks that the actor may record now, open or not. One statement."""
    case_ids = {one.case_id for one in checks.checks if one.case_id}
    cases = {case.pk: case for case in Case.objects.visible_to(actor).filter(pk__in=case_ids, status=CaseStatus.OPEN)}
    return [
        one
        for one in checks.checks
        if one.case_id in cases
        and permissions.may_record(actor, one.type)
        and case_permissions.can_work_on(actor, cases[one.case_id], permissions.NEEDED[one.type])
    ]


def still_open(checks: HouseholdChecks, one: CheckRecord) -> bool:
    """Whether somebody still has to record this check of the household: its sponsor's may not be deep enough."""
    lacking = {reason.id for reason in checks.summary.reasons if reason.code == Why.ENHANCED_MISSING}
    return is_open(one.status, is_deep_enough=one.type != CheckType.SPONSOR or one.subject_id not in lacking)


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


def _hosts_seen(actor: Actor, situation: Situation) -> _HostsSeen:
    """The names and cases of sponsors and all of their addresses, in one statement."""
    seen = _HostsSeen({}, {})
    sponsors = Sponsor.objects.visible_to(actor).filter(pk__in=situation.sponsors)
    columns = ("pk", "case_id", "case__title", "addresses__pk", "addresses__address")
    sees_title, sees_address = may_see(actor, Case, "title"), may_see(actor, HostAddress, "address")
    for sponsor_id, case_id, title, address_id, address in sponsors.values_list(*columns):
        seen.cases.update({sponsor_id: case_id, address_id: case_id})
        seen.names.update(
            {sponsor_id: title if sees_title else HIDDEN, address_id: address if sees_address else HIDDEN}
        )
    return seen


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
    return [
        _situation(one.pk, one.case.status, guests[one.pk], hosts[one.pk], _both(checks[one.pk], checks[one.owner_id]))
        for one in households
    ]


def _both(own: _BySubject, of_hosts: _BySubject) -> Mapping[tuple[str, UUID], Recorded]:
    """The checks of the household and those of its hosts; mostly there is only one of the two, or none."""
    return ChainMap(own, of_hosts) if own and of_hosts else own or of_hosts


def _situation(
    household_id: UUID, status: str, guests: Iterable[Guest], hosts: _Pairs, checks: Mapping[tuple[str, UUID], Recorded]
) -> Situation:
    return Situation(
        id=household_id,
        is_closed=status == CaseStatus.CLOSED,
        guests=tuple(guests),
        sponsors=tuple(dict.fromkeys(sponsor for sponsor, _ in hosts)),
        addresses=tuple(dict.fromkeys(address for _, address in hosts if address)),
        checks=checks,
    )


def _guests(household_ids: Sequence[UUID]) -> Mapping[UUID, list[Guest]]:
    """Who is in each household today, the lead applicant first."""
    present = HouseholdMember.objects.filter(among("household", household_ids), ends_on=None)
    found: dict[UUID, list[Guest]] = defaultdict(list)
    ordered = present.order_by("-is_lead", "person__birth_date", "person_id")
    for household_id, *guest in ordered.values_list("household_id", "person_id", "person__birth_date"):
        found[household_id].append(Guest(*guest))
    return found


def _current_hosts(household_ids: Sequence[UUID], today: dt.date) -> _Hosts:
    """Who hosts each household, and where."""
    found: dict[UUID, list[tuple[UUID, UUID | None]]] = defaultdict(list)
    ordered = _current(today).filter(among("household", household_ids)).order_by("starts_on", "pk")
    for household_id, *pair in ordered.values_list("household_id", "sponsor_id", "address_id"):
        found[household_id].append((pair[0], pair[1]))
    return found


def _checks(household_ids: Sequence[UUID], hosts: _Hosts) -> _Checks:
    """What is recorded: of households under their id, of sponsors and addresses under the id of the owner."""
    pairs = [pair for of_household in hosts.values() for pair in of_household]
    recorded = Check.objects.filter(
        Q(among("household", household_ids))
        | Q(among("sponsor", {sponsor for sponsor, _ in pairs}))
        | Q(among("address", {address for _, address in pairs if address}), type=CheckType.EXISTS)
    )
    found: dict[UUID | int, _BySubject] = defaultdict(dict)
    columns = ("type", "sponsor_id", "address_id", "household_id", "owner_id", "status", "checked_on", "dbs_level")
    for type_, sponsor, address, household, owner, *outcome in recorded.values_list(*columns):
        found[household or owner][type_, sponsor or address or household] = Recorded(*outcome)
    return found
