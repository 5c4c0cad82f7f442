"""Reading how accounts stand.

Who was not here for long, whose need for access is to be confirmed, whether one exists.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Greatest, TruncDate

from opensponsor.core.actor import Actor
from opensponsor.identity.models import Membership, User
from opensponsor.identity.queries.access_requests import has_open_request
from opensponsor.identity.rules.addresses import normalised
from opensponsor.identity.states import AccountStatus


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """Whether an address has an account in the organisation, and how it stands (ORG-020)."""

    status: AccountStatus | None
    is_member: bool
    has_open_request: bool


@dataclass(frozen=True, slots=True)
class IdleCount:
    """An organisation in the inactivity report."""

    organisation_id: int
    name_en: str
    name_cy: str
    members: int
    idle: int
    suspended: int


def idle_since(found: QuerySet[User], day: dt.date) -> QuerySet[User]:
    """Those of the users who were last here on the day or before, or never came in and were added by then."""
    last_here = Greatest("last_seen_on", "active_from", TruncDate("created_at"))
    return found.annotate(last_here=last_here).filter(last_here__lte=day).order_by("full_name", "pk")


def idle_counts(actor: Actor, *, today: dt.date, idle_on: dt.date) -> list[IdleCount]:
    """Each organisation the actor reports on, with how many were last here on `idle_on` or before (ORG-023)."""
    rows = (
        Membership.objects.visible_to(actor)
        .on(today)
        .annotate(
            last_here=Greatest("user__last_seen_on", "user__active_from", TruncDate("user__created_at")),
        )
        .values("organisation_id", "organisation__name_en", "organisation__name_cy")
        .annotate(
            members=Count("user_id", distinct=True),
            idle=Count("user_id", distinct=True, filter=Q(last_here__lte=idle_on)),
            suspended=Count("user_id", distinct=True, filter=Q(user__suspended_on__isnull=False)),
        )
        .order_by("organisation__name_en", "organisation_id")
    )
    return [
        IdleCount(
            row["organisation_id"],
            row["organisation__name_en"],
            row["organisation__name_cy"],
            row["members"],
            row["idle"],
            row["suspended"],
        )
        for row in rows
    ]


def to_confirm(actor: Actor, *, today: dt.date, due_after: dt.timedelta) -> QuerySet[User]:
    """The actor's colleagues whose need for access nobody confirmed for that long; never the actor."""
    spoken = Greatest("starts_on", "attested_on", "user__active_from")
    due = (
        Membership.objects.visible_to(actor)
        .on(today)
        .filter(organisation_id=actor.organisation_id)
        .annotate(spoken_for=spoken)
        .filter(spoken_for__lte=today - due_after)
    )
    found = User.objects.filter(pk__in=due.values("user_id"), is_active=True).exclude(pk=actor.user_id or 0)
    return found.order_by("full_name", "pk")


def find_account(actor: Actor, email: str, *, today: dt.date) -> AccountAnswer:
    """What a champion may know about an address.

    How it stands in the own organisation, nothing about others (ORG-020).
    """
    held = Membership.objects.visible_to(actor).filter(user__email=normalised(email))
    row = held.select_related("user").order_by("-starts_on").first()
    is_member = held.on(today).exists()
    status = None if row is None else row.user.status if is_member else AccountStatus.LEFT
    return AccountAnswer(status, is_member, has_open_request(actor, email))
