"""Reading households and the people in them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opensponsor.cases import facts
from opensponsor.cases.facts import CaseRecord
from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseKind
from opensponsor.core import statements
from opensponsor.core.actor import Actor, Scope
from opensponsor.core.hiding import HIDDEN, Hidden, fed_values, may_see, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.core.statements import Among, Given, ids_text
from opensponsor.identity import queries as identity
from opensponsor.identity.models import Organisation
from opensponsor.identity.permissions import Permission, check
from opensponsor.people import policies
from opensponsor.people.models import Household, HouseholdMember, Person

# What a feed says about a person, beside what a council made of it.
FED_FIELDS = ("given_names", "family_name", "birth_date", "sex", "email", "phone", "passport_number")


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household in a list. `title` is the name of the lead applicant, `checks` what its checks say together."""

    case_id: UUID
    case_version: int
    reference: str
    title: str | Hidden
    status: str
    opened_on: dt.date
    owner_name: str
    assignee_name: str
    route: str
    people: int
    expected_on: dt.date | None
    arrived_on: dt.date | None
    is_complex: bool
    checks: str | None


_TITLE = [field.name for field in fields(HouseholdRow)].index("title")


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A person who is in the household, with what the reader may see of them."""

    person_id: UUID
    version: int
    is_lead: bool
    joined_on: dt.date
    given_names: str | Hidden
    family_name: str | Hidden
    birth_date: dt.date | Hidden | None
    email: str | Hidden
    phone: str | Hidden
    passport_number: str | Hidden
    nhs_number: str | Hidden
    sex: str | Hidden
    inactive_since: dt.date | Hidden | None
    fed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRecord(CaseRecord):
    """A household with its members of today, the lead applicant first."""

    route: str
    correspondence_language: str | Hidden
    expected_on: dt.date | None
    arrived_on: dt.date | None
    is_complex: bool
    members: tuple[MemberRecord, ...]


def household_cases(actor: Actor) -> QuerySet[Case]:
    """The cases of the households that the actor may see."""
    return facts.cases_of_kind(actor, CaseKind.HOUSEHOLD)


def household_values(actor: Actor, case_ids: Sequence[UUID]) -> list[tuple[Any, ...]]:
    """What a HouseholdRow has, of these cases, in this order, as the actor may see them. One statement however many."""
    if not actor.may(Permission.HOUSEHOLD_READ):
        return []
    rows = {row[0]: row for row in statements.run(_row_values, actor.reads, ids=ids_text(case_ids))}
    if not may_see(actor, Case, "title"):
        rows = {case_id: (*row[:_TITLE], HIDDEN, *row[_TITLE + 1 :]) for case_id, row in rows.items()}
    return [row for case_id in case_ids if (row := rows.get(case_id))]


def _row_values(scope: Scope) -> QuerySet[Any, tuple[Any, ...]]:
    """What a HouseholdRow has, of the cases with these ids."""
    present = HouseholdMember.objects.filter(case=OuterRef("pk"), ends_on=None).order_by().values("case")
    people = Coalesce(Subquery(present.values(count=Count("pk"))), 0)
    cases: QuerySet[Case] = Case.objects.within(scope).filter(kind=CaseKind.HOUSEHOLD)
    return cases.filter(Among(F("pk"), Given("ids"))).annotate(people=people).values_list(
        "pk",
        "version",
        "reference",
        "title",
        "status",
        "opened_on",
        facts.owner_name(),
        facts.assignee_name(),
        "household__route",
        "people",
        "household__expected_on",
        "household__arrived_on",
        "household__is_complex",
        "checks_summary__status",
    )  # fmt: skip


def get_household(actor: Actor, case_id: UUID) -> HouseholdRecord:
    """The household of the case with its members of today. Raises NotVisible."""
    check(actor, Permission.HOUSEHOLD_READ)
    households: list[Household] = statements.run(_of_case, actor.reads, case=case_id)
    if not households:
        raise NotVisible
    household = households[0]
    return HouseholdRecord(
        **facts.facts_of(actor, household),
        route=household.route,
        correspondence_language=shown(actor, household, "correspondence_language"),
        expected_on=household.expected_on,
        arrived_on=household.arrived_on,
        is_complex=household.is_complex,
        members=_members(actor, household),
    )


def _of_case(scope: Scope) -> QuerySet[Household]:
    households: QuerySet[Household] = Household.objects.within(scope).filter(case_id=Given("case"))
    return households.select_related("case__owner", "case__assignee")


def get_household_id(actor: Actor, case_id: UUID) -> UUID:
    """The id of the household of the case. Raises NotVisible."""
    check(actor, Permission.HOUSEHOLD_READ)
    found: list[Household] = statements.run(_of_case, actor.reads, case=case_id)
    if not found:
        raise NotVisible
    return found[0].pk


def get_member(actor: Actor, case_id: UUID, person_id: UUID) -> MemberRecord:
    """A person who is in the household of this case today. Raises NotVisible."""
    check(actor, Permission.HOUSEHOLD_READ)
    present = HouseholdMember.objects.visible_to(actor).filter(case_id=case_id, person_id=person_id, ends_on=None)
    member: HouseholdMember | None = present.select_related("person").first()
    if member is None:
        raise NotVisible
    return _member(actor, member)


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person by name, and the case of the household they are in today, if they are in any."""

    given_names: str | Hidden
    family_name: str | Hidden
    case_id: UUID | None


def find_person(actor: Actor, person_id: UUID) -> FoundPerson | None:
    """A person whom the actor sees, wherever they live by now; None once they are nobody's whom the actor sees."""
    check(actor, Permission.HOUSEHOLD_READ)
    person: Person | None = Person.objects.visible_to(actor).filter(pk=person_id).first()
    if person is None:
        return None
    present = HouseholdMember.objects.visible_to(actor).filter(person=person, ends_on=None)
    return FoundPerson(
        given_names=shown(actor, person, "given_names"),
        family_name=shown(actor, person, "family_name"),
        case_id=present.values_list("case_id", flat=True).first(),
    )


def _members(actor: Actor, household: Household) -> tuple[MemberRecord, ...]:
    members = statements.run(_present, actor.reads, household=household.pk)
    return tuple(_member(actor, member) for member in members)


def _present(scope: Scope) -> QuerySet[HouseholdMember]:
    """The members of a household today, the lead applicant first."""
    present = HouseholdMember.objects.within(scope).filter(household=Given("household"), ends_on=None)
    return present.select_related("person").order_by("-is_lead", "person__birth_date", "person_id")


def _member(actor: Actor, member: HouseholdMember) -> MemberRecord:
    person: Person = member.person
    return MemberRecord(
        person_id=person.pk,
        version=person.version,
        is_lead=member.is_lead,
        joined_on=member.starts_on,
        given_names=shown(actor, person, "given_names"),
        family_name=shown(actor, person, "family_name"),
        birth_date=shown(actor, person, "birth_date"),
        email=shown(actor, person, "email"),
        phone=shown(actor, person, "phone"),
        passport_number=shown(actor, person, "passport_number"),
        nhs_number=shown(actor, person, "nhs_number"),
        sex=shown(actor, person, "sex"),
        inactive_since=shown(actor, person, "inactive_since"),
        fed=fed_values(actor, person, FED_FIELDS),
    )


def councils_to_enter_for(actor: Actor) -> QuerySet[Organisation]:
    """The councils, and the owners of what is not placed yet, whose households the actor may enter, by name."""
    return identity.organisations().filter(pk__in=actor.writes, kind__in=policies.OWNERS)
