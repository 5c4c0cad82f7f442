"""Reading checks: what is recorded, what is required, and what they say together."""

import datetime as dt
from collections import ChainMap, defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from opensponsor.cases.states import CaseStatus
from opensponsor.checks.models import Check
from opensponsor.checks.rules.summary import Guest, Recorded, Situation
from opensponsor.checks.states import CheckType
from opensponsor.hosts.models import Sponsorship
from opensponsor.people.models import Household, HouseholdMember

_Checks = Mapping[UUID | int, dict[tuple[str, UUID], Recorded]]
_Hosts = Mapping[UUID, list[tuple[UUID, UUID | None]]]


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
    """Sponsors and addresses of the sponsorships that have not ended, those that are yet to begin included."""
    current = Sponsorship.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), household__in=household_ids)
    found: dict[UUID, list[tuple[UUID, UUID | None]]] = defaultdict(list)
    ordered = current.order_by("starts_on", "pk")
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
