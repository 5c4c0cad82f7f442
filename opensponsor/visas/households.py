"""Households with what their visa applications say of them, for lists and records."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from opensponsor.core import statements
from opensponsor.core.actor import Actor, Scope
from opensponsor.core.statements import Among, Given, ids_text
from opensponsor.identity.states import Realm
from opensponsor.people import queries as people
from opensponsor.people.queries import HouseholdRecord, HouseholdRow
from opensponsor.visas.models import Application
from opensponsor.visas.rules.journeys import first_status, is_over


@dataclass(frozen=True, slots=True)
class FollowedRow(HouseholdRow):
    """A household in a list, with the code of its journey status, empty where the feed tells of none."""

    journey: str

    @property
    def way(self) -> str:
        """The code of the journey, or that of the route where there is none."""
        return self.journey or self.route


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedHousehold(HouseholdRecord):
    """A household, with the code of its journey status, and whether every application of it came to an end."""

    journey: str
    is_over: bool


_ROUTE = [field.name for field in fields(HouseholdRow)].index("route")
_Asked = Callable[[Scope], QuerySet[Application, tuple[UUID, str, str]]]


@dataclass(frozen=True, slots=True)
class _Standing:
    journey: str = ""
    is_over: bool = False


def household_rows(actor: Actor, case_ids: Sequence[UUID]) -> list[FollowedRow]:
    """The households of these cases, in this order, as the actor may see them. Two statements however many."""
    rows = people.household_values(actor, case_ids)
    standings = _standings(actor, {row[0]: row[_ROUTE] for row in rows}, _statuses_in_wales)
    nothing = _Standing()
    return [FollowedRow(*(*row, standings.get(row[0], nothing).journey)) for row in rows]


def get_household(actor: Actor, case_id: UUID) -> FollowedHousehold:
    """The household of the case with its members of today. Raises NotVisible."""
    record = people.get_household(actor, case_id)
    standing = _standings(actor, {case_id: record.route}, _statuses).get(case_id, _Standing())
    return FollowedHousehold(**_values(record, HouseholdRecord), journey=standing.journey, is_over=standing.is_over)


def _standings(actor: Actor, routes: Mapping[UUID, str], ask: _Asked) -> Mapping[UUID, _Standing]:
    """What the applications of these households, which are given with their routes, say of each."""
    found: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    for case_id, realm, status in statements.run(ask, actor.reads, ids=ids_text(routes)):
        found[case_id, realm].append(status)
    return {case_id: _standing(realm, routes[case_id], statuses) for (case_id, realm), statuses in found.items()}


def _statuses(scope: Scope) -> QuerySet[Application, tuple[UUID, str, str]]:
    """The case, the nation and the visa status of each application on these cases."""
    applications = Application.objects.within(scope).filter(Among(F("case"), Given("ids"))).order_by()
    return applications.values_list("case_id", "owner__realm", "visa_status")


def _statuses_in_wales(scope: Scope) -> QuerySet[Application, tuple[UUID, str, str]]:
    """The same where there are journeys, which is all that a list tells."""
    return _statuses(scope).filter(owner__realm=Realm.WALES)


def _standing(realm: str, route: str, statuses: Sequence[str]) -> _Standing:
    first = first_status(route=route, visa_statuses=statuses, is_in_wales=realm == Realm.WALES)
    return _Standing(first.value if first else "", is_over(statuses))


def _values(record: Any, of: type) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(of)}
