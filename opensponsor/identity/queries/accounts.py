"""Reading how accounts stand.

Who was not here for long, whose need for access is to be confirmed, whether one exists.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Greatest, TruncDate

from opensponsor.core.actor import Actor
from opensponsor.identity.models import Membership, User
from opensponsor.identity.queries import organisation_register, seats_of
from opensponsor.identity.queries.access_requests import has_open_request
from opensponsor.identity.queries.members import PAGE
from opensponsor.identity.rules.addresses import normalised
from opensponsor.identity.states import AccountStatus


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """Whether an address has an account in the organisation, and how it stands (ORG-020)."""

    status: AccountStatus | None
    is_member: bool
    has_open_request: bool


@dataclass(frozen=True, slots=True)
class AnswerAnywhere:
    """The same for who helps users of many organisations; nothing about an account outside these."""

    user_id: str
    status: AccountStatus | None
    organisations: tuple[str, ...]


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


def to_confirm(actor: Actor, organisation_id: int, *, today: dt.date, due_after: dt.timedelta) -> QuerySet[User]:
    """The people of the organisation whose need for access nobody confirmed for that long; never the actor."""
    spoken = Greatest("starts_on", "attested_on", "user__active_from")
    due = (
        Membership.objects.visible_to(actor)
        .on(today)
        .filter(organisation_id=organisation_id)
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


def find_anywhere(actor: Actor, email: str, *, today: dt.date) -> AnswerAnywhere:
    """What the service desk may know about an address.

    How the account stands and in which organisations it looks after.
    """
    user = User.objects.filter(email=normalised(email)).first()
    if user is None:
        return AnswerAnywhere("", None, ())
    known = dict(organisation_register.visible(actor).values_list("pk", "name_en"))
    seats = [known[seat.organisation_id] for seat in seats_of(user.pk, today=today) if seat.organisation_id in known]
    is_theirs = bool(seats) or bool(actor.reads.realms)
    return AnswerAnywhere(str(user.pk), user.status if is_theirs else None, tuple(seats))


def page_of_closed(
    actor: Actor, status: AccountStatus, *, today: dt.date, after: UUID | None
) -> tuple[list[Membership], UUID | None]:
    """A page of the accounts that are suspended or invited, newest first, one line for each organisation."""
    held = Membership.objects.visible_to(actor).on(today).select_related("user", "organisation")
    closed = Q(user__is_active=False, user__left_on=None, user__suspended_on__isnull=status == AccountStatus.INVITED)
    first = held.filter(closed).order_by("user_id", "organisation_id", "-pk").distinct("user_id", "organisation_id")
    found = held.filter(pk__in=first.values("pk"))
    rows = list((found.filter(pk__lt=after) if after else found).order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None
