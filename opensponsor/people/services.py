"""Adding and changing households and the people in them, and asking for what only the national team does."""

import datetime as dt
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases import permissions
from opensponsor.cases import policies as case_policies
from opensponsor.cases import queries as cases
from opensponsor.cases.services import requests, titles
from opensponsor.cases.services.cases import open_case
from opensponsor.cases.states import CaseKind, RequestKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import check_may_see
from opensponsor.core.names import search_form
from opensponsor.core.references import next_reference
from opensponsor.core.refusals import Refused
from opensponsor.core.saving import save_changes
from opensponsor.core.text import trimmed
from opensponsor.identity import queries as identity
from opensponsor.identity.permissions import Permission, check
from opensponsor.people import policies
from opensponsor.people.models import Household, HouseholdMember, Person
from opensponsor.people.states import CorrespondenceLanguage, ReferenceLetters, Route


class PersonDetails(TypedDict, total=False):
    """What may be said about a person; what is left out stays as it is."""

    given_names: str
    family_name: str
    birth_date: dt.date | None
    email: str
    phone: str
    passport_number: str
    nhs_number: str


class HouseholdDetails(TypedDict, total=False):
    """What may be said about a household; what is left out stays as it is."""

    route: str
    correspondence_language: str
    expected_on: dt.date | None
    arrived_on: dt.date | None
    is_complex: bool


@transaction.atomic
def add_household(
    *,
    actor: Actor,
    today: dt.date,
    route: Route,
    lead: PersonDetails,
    owner_id: int | None = None,
    correspondence_language: str = CorrespondenceLanguage.NOT_KNOWN,
    expected_on: dt.date | None = None,
    arrived_on: dt.date | None = None,
) -> Household:
    """Add a household with its lead applicant; more people follow one by one (HH-001, HH-006).

    It belongs to the actor's council, or to the one whose records the actor may write (ORG-032, C-116).
    Raises Refused, NotVisible.
    """
    check(actor, Permission.HOUSEHOLD_WRITE)
    policies.check_route(actor, route)
    policies.check_has_name(lead.get("given_names", ""), lead.get("family_name", ""))
    policies.check_may_own(identity.organisation(owner_id or actor.organisation_id))
    case = open_case(
        actor=actor,
        kind=CaseKind.HOUSEHOLD,
        reference=next_reference(ReferenceLetters.MADE_HERE, "people_household_reference"),
        opened_on=today,
        owner_id=owner_id,
        contact_centre_works=route == Route.SUPER_SPONSOR,
        **titles.of_person(lead.get("given_names", ""), lead.get("family_name", "")),
    )
    household = Household.objects.create(
        case=case,
        owner_id=case.owner_id,
        route=route,
        correspondence_language=correspondence_language,
        expected_on=expected_on,
        arrived_on=arrived_on,
    )
    _join(actor, household, lead, today=today, is_lead=True)
    audit.record("household.added", actor=actor, case_id=case.pk, owner_id=case.owner_id, route=route)
    return household


@transaction.atomic
def add_person(*, actor: Actor, household_id: UUID, today: dt.date, **details: Unpack[PersonDetails]) -> Person:
    """Add somebody who is not recorded yet to the household, from today on. Raises Refused, NotVisible."""
    household = cases.lock_row(actor, Household, household_id)
    permissions.check_may_work_on(actor, household.case, Permission.HOUSEHOLD_WRITE)
    case_policies.check_is_open(household.case)
    policies.check_has_name(details.get("given_names", ""), details.get("family_name", ""))
    person = _join(actor, household, details, today=today, is_lead=False)
    audit.record(
        "person.added", actor=actor, case_id=household.case_id, owner_id=household.owner_id, person_id=person.pk
    )
    return person


@transaction.atomic
def change_person(*, actor: Actor, person_id: UUID, version: int, **changes: Unpack[PersonDetails]) -> Person:
    """Change what is recorded about a person; the case is named after its lead applicant.

    Raises Refused, Conflict, NotVisible.
    """
    person = cases.lock_row(actor, Person, person_id)
    permissions.check_may_work_on(actor, person.case, Permission.HOUSEHOLD_WRITE)
    case_policies.check_is_open(person.case)
    policies.check_is_active(person)
    check_may_see(actor, Person, *changes)
    given, family = changes.get("given_names", person.given_names), changes.get("family_name", person.family_name)
    policies.check_has_name(given, family)
    save_changes(person, expected_version=version, **trimmed(changes), search_name=_search_name(given, family))
    if _leads(person):
        titles.rename(person.case, titles.of_person(given, family))
    audit.record("person.changed", actor=actor, case_id=person.case_id, owner_id=person.owner_id, person_id=person.pk)
    return person


@transaction.atomic
def change_household(
    *, actor: Actor, household_id: UUID, version: int, **changes: Unpack[HouseholdDetails]
) -> Household:
    """Change what is recorded about a household. Raises Refused, Conflict, NotVisible."""
    household = cases.lock_row(actor, Household, household_id)
    permissions.check_may_work_on(actor, household.case, Permission.HOUSEHOLD_WRITE)
    case_policies.check_is_open(household.case)
    route = changes.get("route", household.route)
    policies.check_route(actor, route)
    save_changes(household, expected_version=version, **changes)
    works = route == Route.SUPER_SPONSOR
    if household.case.contact_centre_works != works:
        save_changes(household.case, expected_version=household.case.version, contact_centre_works=works)
    audit.record("household.changed", actor=actor, case_id=household.case_id, owner_id=household.owner_id)
    return household


@transaction.atomic
def ask_to_make_inactive(*, actor: Actor, person_id: UUID, reason: str) -> None:
    """Ask the national team to take somebody who has died out of the active records (ORG-035).

    Raises Refused, NotVisible.
    """
    person = cases.lock_row(actor, Person, person_id)
    policies.check_is_active(person)
    requests.raise_request(
        actor=actor, case_id=person.case_id, kind=RequestKind.PERSON_DIED, subject_id=person.pk, reason=reason
    )


@transaction.atomic
def decide_making_inactive(*, today: dt.date, **decision: Unpack[requests.Decision]) -> None:
    """Approve or refuse to take somebody who has died out of the active records (ORG-035).

    Whoever left the household meanwhile can still be; not who is another organisation's by now, or recorded no more.
    Raises Refused, Conflict, NotVisible.
    """
    request = requests.settle(RequestKind.PERSON_DIED, **decision)
    if not decision["approve"]:
        return
    person = Person.objects.select_for_update().filter(pk=request.subject_id, owner_id=request.owner_id).first()
    if person is None:
        raise Refused(_("This person is not recorded by the organisation that asked any more. Refuse the request."))
    policies.check_is_active(person)
    save_changes(person, expected_version=person.version, inactive_since=today)
    audit.record(
        "person.made_inactive",
        actor=decision["actor"],
        case_id=person.case_id,
        owner_id=person.owner_id,
        person_id=person.pk,
    )


def _join(actor: Actor, household: Household, details: PersonDetails, *, today: dt.date, is_lead: bool) -> Person:
    check_may_see(actor, Person, *details)
    person = Person.objects.create(
        case=household.case,
        owner_id=household.owner_id,
        search_name=_search_name(details.get("given_names", ""), details.get("family_name", "")),
        **trimmed(details),
    )
    HouseholdMember.objects.create(
        case=household.case,
        owner_id=household.owner_id,
        household=household,
        person=person,
        is_lead=is_lead,
        starts_on=today,
    )
    return person


def _leads(person: Person) -> bool:
    return HouseholdMember.objects.filter(person=person, is_lead=True, ends_on=None).exists()


def _search_name(given_names: str, family_name: str) -> str:
    return search_form(family_name, given_names)[:400]
