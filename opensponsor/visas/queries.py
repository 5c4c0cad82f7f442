"""Reading visa applications, and the people who came of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Trim, TruncDate

from opensponsor.cases import facts
from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseKind
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import HIDDEN, Hidden, may_see, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.hosts.models import HostAddress, Sponsor
from opensponsor.people.models import Person
from opensponsor.people.rules.ages import age_on
from opensponsor.visas import permissions
from opensponsor.visas.models import Application

# The application that tells how it stands with a person who applied more than once: the one the feed would let win.
NEWEST_FIRST = (F("event_at").desc(nulls_last=True), F("ingested_at").desc(nulls_last=True), F("uan").desc())


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application in a list. `title` is the name of the applicant, empty as long as there is none (APP-002).

    The household and the sponsor have an id and a name only where the reader may open them.
    """

    application_id: UUID
    reference: str
    title: str | Hidden
    route: str
    visa_status: str
    event_on: dt.date | None
    decided_on: dt.date | None
    owner_name: str
    case_id: UUID | None
    household_reference: str
    sponsor_case_id: UUID | None
    sponsor_name: str | Hidden


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """A person in the list of applicants. `reference` is that of the household, `title` the person's name."""

    person_id: UUID
    case_id: UUID
    reference: str
    title: str | Hidden
    birth_date: dt.date | Hidden | None
    sex: str | Hidden
    route: str
    visa_status: str
    arrived_on: dt.date | None
    owner_name: str
    status: str

    @property
    def age(self) -> int | Hidden | None:
        """How old the person is today, as far as the date of birth is known and shown."""
        return age_on(self.birth_date, clock.today()) if isinstance(self.birth_date, dt.date) else self.birth_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRecord:
    """An application as the feed tells it, with what the reader may see of it and where it leads."""

    id: UUID
    uan: str
    gwf: str
    submission: str
    route: str
    visa_status: str
    given_names: str | Hidden
    family_name: str | Hidden
    birth_date: dt.date | Hidden | None
    event_at: dt.datetime | None
    ingested_at: dt.datetime | None
    decided_at: dt.datetime | None
    arrived_at: dt.datetime | None
    arrives_on: dt.date | None
    proposed_address: str | Hidden
    proposed_postcode: str | Hidden
    lower_authority_name: str
    upper_authority_name: str
    owner_id: int
    owner_name: str
    fed_owner_name: str
    has_applicant: bool
    case_id: UUID | None
    household_reference: str
    sponsor_case_id: UUID | None
    sponsor_name: str | Hidden
    address: str | Hidden
    updated_at: dt.datetime


def applications(actor: Actor) -> QuerySet[Application]:
    """The applications that the actor may see, decided or not (CMS-010, C-60)."""
    if not permissions.may_read(actor):
        return Application.objects.none()
    found: QuerySet[Application] = Application.objects.visible_to(actor)
    return found


def application_rows(actor: Actor, application_ids: Sequence[UUID]) -> list[ApplicationRow]:
    """These applications, in this order, as the actor may see them. One statement however many."""
    rows = {row.application_id: row for row in _rows(actor, applications(actor).filter(pk__in=application_ids))}
    return [rows[one] for one in application_ids if one in rows]


def applications_of_case(actor: Actor, case_id: UUID) -> list[ApplicationRow]:
    """The applications of a household, by their number."""
    return _rows(actor, applications(actor).filter(case_id=case_id).order_by("uan"))


def applications_naming(actor: Actor, sponsor_id: UUID) -> list[ApplicationRow]:
    """The applications that name the sponsor, by their number (SPO-005)."""
    return _rows(actor, applications(actor).filter(sponsor_id=sponsor_id).order_by("uan"))


def _rows(actor: Actor, found: QuerySet[Application]) -> list[ApplicationRow]:
    sponsor = _sponsors(actor).filter(pk=OuterRef("sponsor_id"))
    values = found.annotate(
        applicant=Trim(Concat("person__given_names", Value(" "), "person__family_name")),
        sponsor_case=Subquery(sponsor.values("case_id")[:1]),
        sponsor_title=Coalesce(Subquery(sponsor.values("case__title")[:1]), Value("")),
    ).values_list(
        "pk",
        "uan",
        "applicant",
        "route",
        "visa_status",
        TruncDate("event_at"),
        TruncDate("decided_at"),
        facts.owner_name(),
        "case_id",
        Coalesce("case__reference", Value("")),
        "sponsor_case",
        "sponsor_title",
    )
    names = may_see(actor, Application, "given_names", "family_name")
    sponsors = permissions.may_read_sponsors(actor) and may_see(actor, Case, "title")
    return [ApplicationRow(*_hiding(value, {2: names, 11: sponsors})) for value in values]


def _hiding(value: Iterable[Any], shows: dict[int, bool]) -> list[Any]:
    """The values, HIDDEN at the places that do not show."""
    return [one if shows.get(place, True) else HIDDEN for place, one in enumerate(value)]


def _sponsors(actor: Actor) -> QuerySet[Sponsor]:
    """The sponsors whose records the actor may open."""
    found: QuerySet[Sponsor] = Sponsor.objects.visible_to(actor)
    return found if permissions.may_read_sponsors(actor) else found.none()


def get_application(actor: Actor, application_id: UUID) -> ApplicationRecord:
    """The application with where it leads. Raises NotVisible."""
    found = applications(actor).select_related("owner", "fed_owner", "case").filter(pk=application_id).first()
    if found is None:
        raise NotVisible
    sponsor = _sponsors(actor).select_related("case").filter(applications=found).first()
    place = HostAddress.objects.visible_to(actor).filter(applications=found).first() if sponsor else None
    has_applicant = found.person_id is not None
    return ApplicationRecord(
        id=found.pk,
        uan=found.uan,
        gwf=found.gwf,
        submission=found.submission,
        route=found.route,
        visa_status=found.visa_status,
        given_names=shown(actor, found, "given_names") if has_applicant else "",
        family_name=shown(actor, found, "family_name") if has_applicant else "",
        birth_date=shown(actor, found, "birth_date") if has_applicant else None,
        event_at=found.event_at,
        ingested_at=found.ingested_at,
        decided_at=found.decided_at,
        arrived_at=found.arrived_at,
        arrives_on=found.arrives_on,
        proposed_address=shown(actor, found, "proposed_address"),
        proposed_postcode=shown(actor, found, "proposed_postcode"),
        lower_authority_name=found.lower_authority_name,
        upper_authority_name=found.upper_authority_name,
        owner_id=found.owner_id,
        owner_name=found.owner.name,
        fed_owner_name=found.fed_owner.name,
        has_applicant=has_applicant,
        case_id=found.case_id,
        household_reference=found.case.reference if found.case else "",
        sponsor_case_id=sponsor.case_id if sponsor else None,
        sponsor_name=shown(actor, sponsor.case, "title") if sponsor else "",
        address=shown(actor, place, "address") if place else "",
        updated_at=found.updated_at,
    )


def applicants(actor: Actor) -> QuerySet[Person]:
    """The people whom the actor may see, with the visa status of their newest application to filter by (NAV-002)."""
    if not permissions.may_read(actor):
        return Person.objects.none()
    # All of them are on households; saying so lets the index of references lead a list that is sorted by them.
    on_households = Person.objects.visible_to(actor).filter(case__kind=CaseKind.HOUSEHOLD)
    found: QuerySet[Person] = on_households.alias(newest_status=_newest_status(actor))
    return found


def applicant_rows(actor: Actor, person_ids: Sequence[UUID]) -> list[ApplicantRow]:
    """These people, in this order, as the actor may see them. One statement however many."""
    values = applicants(actor).filter(pk__in=person_ids).values_list(
        "pk",
        "case_id",
        "case__reference",
        Trim(Concat("given_names", Value(" "), "family_name")),
        "birth_date",
        "sex",
        "case__household__route",
        Coalesce(_newest_status(actor), Value("")),
        "case__household__arrived_on",
        facts.owner_name(),
        "case__status",
    )  # fmt: skip
    shows = {3: may_see(actor, Person, "given_names", "family_name"), 4: may_see(actor, Person, "birth_date")}
    shows[5] = may_see(actor, Person, "sex")
    rows = {value[0]: ApplicantRow(*_hiding(value, shows)) for value in values}
    return [rows[one] for one in person_ids if one in rows]


def _newest_status(actor: Actor) -> Subquery:
    newest = Application.objects.visible_to(actor).filter(person=OuterRef("pk")).order_by(*NEWEST_FIRST)
    return Subquery(newest.values("visa_status")[:1])
