"""What a feed brought for no council that the platform knows: the queues of the national administrators."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat, TruncDate

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseStatus
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import HIDDEN, Hidden, may_see
from opensponsor.core.refusals import NotVisible
from opensponsor.hosts import queries as hosts
from opensponsor.hosts.models import HostAddress, Sponsorship
from opensponsor.identity import queries as identity
from opensponsor.identity.models import Organisation
from opensponsor.identity.states import OrganisationKind
from opensponsor.people import queries as people
from opensponsor.visas.models import Application
from opensponsor.visas.queries import NEWEST_FIRST


class Queue(StrEnum):
    """What may wait for a council. Sponsors and applications of a waiting household wait with it."""

    HOUSEHOLDS = "households"
    SPONSORS = "sponsors"
    APPLICATIONS = "applications"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that belongs to no council yet, with what the file says of where it goes.

    `id` is that of the case; for applications that were submitted together, of the first by number. Then `count` says
    how many they are, and `version` adds up theirs. `named` is what the file calls the councils, the lower tier first.
    """

    id: UUID
    version: int
    reference: str
    title: str | Hidden
    came_on: dt.date
    nation: str
    named: str
    address: str | Hidden
    postcode: str | Hidden
    count: int = 1


def rows(actor: Actor, queue: Queue, *, limit: int, after: UUID | None = None) -> list[Waiting]:
    """What waits in the nations that the actor reads, by number; `after` is the id of the last one seen."""
    found, number = _found(actor, queue), _NUMBER[queue]
    if after:
        seen = _everything(actor, queue).filter(pk=after).values(number)
        found = found.filter(**{f"{number}__gt": Subquery(seen)})
    return _rows(actor, queue, found[:limit])


def rows_by_id(actor: Actor, queue: Queue, ids: Sequence[UUID]) -> list[Waiting]:
    """Those of them that still wait."""
    return _rows(actor, queue, _found(actor, queue).filter(pk__in=ids))


def check_visible(actor: Actor, queue: Queue, ids: Sequence[UUID]) -> None:
    """Raise NotVisible unless the actor sees each of these, whether it still waits or not."""
    if _everything(actor, queue).filter(pk__in=ids).count() != len(ids):
        raise NotVisible


def _everything(actor: Actor, queue: Queue) -> QuerySet[Any]:
    if queue == Queue.APPLICATIONS:
        found: QuerySet[Application] = Application.objects.visible_to(actor)
        return found
    return people.household_cases(actor) if queue == Queue.HOUSEHOLDS else hosts.sponsor_cases(actor)


def get_waiting(actor: Actor, queue: Queue, id_: UUID) -> Waiting:
    """One of `rows`. Raises NotVisible."""
    found = rows_by_id(actor, queue, [id_])
    if not found:
        raise NotVisible
    return found[0]


def get_household_case(actor: Actor, case_id: UUID) -> Case:
    """The case of a household, whoever owns it. Raises NotVisible."""
    case: Case = _first(people.household_cases(actor).select_related("owner").filter(pk=case_id))
    return case


def get_sponsor_case(actor: Actor, case_id: UUID) -> Case:
    """The case of a sponsor or host, whoever owns it. Raises NotVisible."""
    case: Case = _first(hosts.sponsor_cases(actor).select_related("owner").filter(pk=case_id))
    return case


def get_application(actor: Actor, application_id: UUID) -> Application:
    """An application that belongs to no council and no household yet. Raises NotVisible."""
    found: Application = _first(_applications(actor).select_related("owner").filter(pk=application_id))
    return found


def may_be_given_on(actor: Actor, application_id: UUID) -> bool:
    """Whether the national team gave the application to the council that has it, and no household came of it yet."""
    return _given(actor).filter(pk=application_id).exists()


def get_given(actor: Actor, application_id: UUID) -> tuple[Waiting, Organisation]:
    """Such an application with all that was submitted with it, and the council that has it. Raises NotVisible."""
    found = _given(actor).filter(pk=application_id)
    application: Application = _first(found.select_related("owner"))
    return _rows(actor, Queue.APPLICATIONS, found)[0], application.owner


def get_given_application(actor: Actor, application_id: UUID) -> Application:
    """The same as it is stored. Raises NotVisible."""
    found: Application = _first(_given(actor).select_related("owner").filter(pk=application_id))
    return found


def councils_to_take_over(nation: str) -> QuerySet[Organisation]:
    """The councils of the nation that something can be given to, by name."""
    return identity.organisations().filter(kind=OrganisationKind.AUTHORITY, realm=nation)


def _first(found: QuerySet[Any]) -> Any:
    row = found.first()
    if row is None:
        raise NotVisible
    return row


# What each of them is called by, and stands in the order of.
_NUMBER = {Queue.HOUSEHOLDS: "reference", Queue.SPONSORS: "reference", Queue.APPLICATIONS: "uan"}


def _found(actor: Actor, queue: Queue) -> QuerySet[Any]:
    of = {Queue.HOUSEHOLDS: _households, Queue.SPONSORS: _sponsors, Queue.APPLICATIONS: _first_of_each_submission}
    return of[queue](actor).order_by(_NUMBER[queue])


def _households(actor: Actor) -> QuerySet[Case]:
    return people.household_cases(actor).filter(owner__kind=OrganisationKind.UNASSIGNED, status=CaseStatus.OPEN)


def _sponsors(actor: Actor) -> QuerySet[Case]:
    """Those whom no household and no application names: they offer a home, somebody entered them, or they were left."""
    cases = hosts.sponsor_cases(actor).filter(owner__kind=OrganisationKind.UNASSIGNED, status=CaseStatus.OPEN)
    named = Application.objects.filter(sponsor__case=OuterRef("pk"))
    hosting = Sponsorship.objects.filter(sponsor__case=OuterRef("pk"), ends_on=None)
    return cases.filter(~Exists(named), ~Exists(hosting))


def _undecided(actor: Actor) -> QuerySet[Application]:
    """Those of which no household came."""
    found: QuerySet[Application] = Application.objects.visible_to(actor)
    return found.filter(case=None)


def _applications(actor: Actor) -> QuerySet[Application]:
    return _undecided(actor).filter(owner__kind=OrganisationKind.UNASSIGNED)


def _given(actor: Actor) -> QuerySet[Application]:
    """What came with them later belongs to the same council without having been given to it."""
    return _undecided(actor).filter(Exists(_together(actor).filter(given_to=F("owner"))))


def _together(actor: Actor) -> QuerySet[Application]:
    return _undecided(actor).filter(submission=OuterRef("submission"), owner=OuterRef("owner"))


def _first_of_each_submission(actor: Actor) -> QuerySet[Application]:
    return _applications(actor).filter(~Exists(_together(actor).filter(uan__lt=OuterRef("uan"))))


def _rows(actor: Actor, queue: Queue, found: QuerySet[Any]) -> list[Waiting]:
    values = _application_values(actor, found) if queue == Queue.APPLICATIONS else _case_values(actor, queue, found)
    sees_title = may_see(actor, Case, "title")
    sees_place = may_see(actor, Application, "proposed_address", "proposed_postcode")
    shows = {3: sees_title, 7: sees_place, 8: sees_place}
    return [Waiting(*_hiding(value, shows)) for value in values]


def _hiding(value: Sequence[Any], shows: dict[int, bool]) -> list[Any]:
    return [one if shows.get(place, True) else HIDDEN for place, one in enumerate(value)]


_SAID = ("said", "said_address", "said_postcode")
_NAMED = Concat(F("lower_authority_name"), Value("|"), F("upper_authority_name"))


def _case_values(actor: Actor, queue: Queue, cases: QuerySet[Case]) -> list[tuple[Any, ...]]:
    if queue == Queue.HOUSEHOLDS:
        newest = Application.objects.visible_to(actor).filter(case=OuterRef("pk")).order_by(*NEWEST_FIRST)
        said = [newest.annotate(named=_NAMED).values(name)[:1] for name in _COLUMNS]
    else:
        places = HostAddress.objects.visible_to(actor).filter(case=OuterRef("pk")).order_by("-created_at", "pk")
        said = [places.annotate(named=Value("")).values(name)[:1] for name in ("named", "address", "postcode")]
    hints = {name: Coalesce(Subquery(query), Value("")) for name, query in zip(_SAID, said, strict=True)}
    values = cases.annotate(**hints).values_list(
        "pk", "version", "reference", "title", "opened_on", "owner__realm", *_SAID
    )
    return [_told(value) for value in values]


_COLUMNS = ("named", "proposed_address", "proposed_postcode")


def _application_values(actor: Actor, found: QuerySet[Application]) -> list[tuple[Any, ...]]:
    groups = _together(actor).order_by().values("submission")
    values = found.annotate(
        versions=Subquery(groups.annotate(versions=Sum("version")).values("versions")),
        together=Subquery(groups.annotate(together=Count("pk")).values("together")),
        named=_NAMED,
    ).values_list("pk", "versions", "uan", Value(""), TruncDate("created_at"), "owner__realm", *_COLUMNS, "together")
    return [_told(value) for value in values]


def _told(value: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row with the names of councils in words, each once."""
    named = ", ".join(dict.fromkeys(filter(None, value[6].split("|"))))
    return (*value[:6], named, *value[7:])
