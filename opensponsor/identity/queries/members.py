"""Reading the people of an organisation: their roles, how their account stands, when they were last here."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.models import Invitation, Membership, User
from opensponsor.identity.roles import Role
from opensponsor.identity.states import AccountStatus

PAGE = 50


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody holds today."""

    membership_id: UUID
    role: Role
    starts_on: dt.date
    version: int


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of an organisation.

    `last_seen_on` is None for who never signed in; `attested_on` for who was never confirmed.

    `invitation_ends_at` is set while an invitation is open, also when it has run out.
    """

    user_id: int
    full_name: str
    email: str
    status: AccountStatus
    last_seen_on: dt.date | None
    attested_on: dt.date | None
    since: dt.date
    roles: tuple[HeldRole, ...]
    invitation_ends_at: dt.datetime | None


def people(actor: Actor, organisation_id: int, *, today: dt.date) -> QuerySet[User]:
    """The users with a role in the organisation today, as far as the actor may see its people, by name."""
    held = Membership.objects.visible_to(actor).on(today).filter(organisation_id=organisation_id)
    return User.objects.filter(pk__in=held.values("user_id")).order_by("full_name", "pk")


def page_of_members(
    actor: Actor, found: QuerySet[User], organisation_id: int, *, today: dt.date, after: int | None = None
) -> tuple[list[Member], int | None]:
    """A page of those users as members, and the id to start the next page after, if there is one."""
    anchor = User.objects.filter(pk=after).values_list("full_name", flat=True).first() if after else None
    if anchor is not None:
        found = found.filter(Q(full_name__gt=anchor) | Q(full_name=anchor, pk__gt=after))
    users = list(found[: PAGE + 1])
    page = _members(actor, users[:PAGE], organisation_id, today)
    return page, page[-1].user_id if len(users) > PAGE else None


def get_member(actor: Actor, organisation_id: int, user_id: int, *, today: dt.date) -> Member:
    """One member of the organisation. Raises NotVisible for everybody else."""
    users = list(people(actor, organisation_id, today=today).filter(pk=user_id))
    if not users:
        raise NotVisible
    return _members(actor, users, organisation_id, today)[0]


def _members(actor: Actor, users: list[User], organisation_id: int, today: dt.date) -> list[Member]:
    ids = [user.pk for user in users]
    held: dict[int, list[Membership]] = defaultdict(list)
    memberships = (
        Membership.objects.visible_to(actor).on(today).filter(organisation_id=organisation_id, user_id__in=ids)
    )
    for membership in memberships.order_by("starts_on", "role"):
        held[membership.user_id].append(membership)
    open_invitations = Invitation.objects.visible_to(actor).filter(
        organisation_id=organisation_id, user_id__in=ids, used_at=None, withdrawn_at=None
    )
    ends = dict(open_invitations.values_list("user_id", "expires_at"))
    return [_member(user, held[user.pk], ends.get(user.pk)) for user in users]


def _member(user: User, held: list[Membership], invitation_ends_at: dt.datetime | None) -> Member:
    return Member(
        user_id=user.pk,
        full_name=user.full_name,
        email=user.email,
        status=user.status,
        last_seen_on=user.last_seen_on,
        attested_on=max((row.attested_on for row in held if row.attested_on), default=None),
        since=min(row.starts_on for row in held),
        roles=tuple(HeldRole(row.pk, Role(row.role), row.starts_on, row.version) for row in held),
        invitation_ends_at=invitation_ends_at,
    )
