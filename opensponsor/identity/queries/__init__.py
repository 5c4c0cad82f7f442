"""Reading organisations and the people who use the platform: here what every context asks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from opensponsor.core.actor import Actor, Scope
from opensponsor.identity.field_policy import classes_of
from opensponsor.identity.models import Membership, Organisation, User
from opensponsor.identity.roles import Role, permissions_of
from opensponsor.identity.states import OrganisationKind

_SIGN_ON = "SELECT * FROM identity_sign_on(%s, %s)"


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation that a user may act for today, with the roles held there and what it reaches."""

    organisation_id: int
    name_en: str
    name_cy: str
    kind: str
    reads_realms: tuple[str, ...]
    roles: tuple[Role, ...]
    reads: frozenset[int]
    writes: frozenset[int]

    def name(self, language: str) -> str:
        """The organisation's name in the language."""
        return self.name_cy if language == "cy" and self.name_cy else self.name_en


def seats_of(user_id: int, *, today: dt.date) -> list[Seat]:
    """Every organisation that the user is a member of today, in one statement that needs no context."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGN_ON, [user_id, today])
        return [_seat(row) for row in cursor.fetchall()]


def _seat(row: tuple[Any, ...]) -> Seat:
    organisation_id, name_en, name_cy, kind, reads_realms, roles, reads, writes = row
    return Seat(
        organisation_id,
        name_en,
        name_cy,
        kind,
        tuple(reads_realms),
        tuple(Role(role) for role in roles),
        frozenset(reads),
        frozenset(writes),
    )


def actor_for(user: User, *, today: dt.date, organisation_id: int | None = None, language: str = "") -> Actor | None:
    """The actor that the user is today, acting for one organisation (ruling C-118).

    `organisation_id` is the organisation chosen in the session; without one, or when the membership ended, the first
    by name. None when the user is a member of nothing. The organisation is named in `language`, else in the user's own.
    """
    seats = seats_of(user.pk, today=today)
    seat = next(
        (seat for seat in seats if seat.organisation_id == organisation_id),
        seats[0] if seats else None,
    )
    if seat is None:
        return None
    return Actor(
        user_id=user.pk,
        user_name=user.full_name,
        organisation_id=seat.organisation_id,
        organisation_name=seat.name(language or user.language),
        organisation_kind=seat.kind,
        permissions=permissions_of(seat.roles, OrganisationKind(seat.kind)),
        reads=Scope(organisation_ids=seat.reads, realms=frozenset(seat.reads_realms)),
        writes=seat.writes,
        data_classes=classes_of(seat.roles, OrganisationKind(seat.kind)),
    )


def colleagues(actor: Actor, *, today: dt.date) -> QuerySet[User]:
    """The people who are members of the actor's own organisation today, by name."""
    current = Membership.objects.filter(organisation_id=actor.organisation_id, starts_on__lte=today).exclude(
        ends_on__lte=today
    )
    return User.objects.filter(is_active=True, pk__in=current.values("user_id")).order_by("full_name", "pk")


def organisations() -> QuerySet[Organisation]:
    """The register of organisations in use, by name; it holds nothing personal."""
    return Organisation.objects.filter(is_active=True).order_by("name_en")


def organisation(organisation_id: int) -> Organisation:
    """One organisation of the register."""
    return Organisation.objects.get(pk=organisation_id)
