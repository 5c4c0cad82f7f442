"""Giving and ending roles, and letting people go (ORG-022).

An end counts from the same moment on: every request asks again.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.core.rowsecurity import write_for
from opensponsor.core.saving import save_changes
from opensponsor.identity import permissions, policies
from opensponsor.identity.models import Membership, Organisation, User
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import seats_of
from opensponsor.identity.queries.members import get_member, people
from opensponsor.identity.roles import Role
from opensponsor.identity.services.invitations import withdraw_invitations
from opensponsor.identity.services.sessions import end_sessions


@transaction.atomic
def grant_role(*, actor: Actor, organisation_id: int, user_id: int, role: Role, today: dt.date) -> Membership:
    """Give a member of the organisation a further role from today on, never oneself.

    A champion gives the roles of `CHAMPION_MAY_GRANT` to people of the own organisation, an administrator every role
    that fits. Raises Refused, NotVisible for who is no member.
    """
    _act_on_member(actor, organisation_id, user_id, today)
    organisation = Organisation.objects.get(pk=organisation_id)
    policies.check_role_fits(role, organisation)
    if not actor.may(Permission.ACCOUNT_MANAGE):
        policies.check_champion_may_give(role)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                user_id=user_id,
                organisation_id=organisation_id,
                role=role,
                starts_on=today,
                granted_by_id=actor.user_id,
            )
    except IntegrityError as error:
        raise Refused(_("This person already holds this role.")) from error
    _record("role.granted", actor, organisation_id, user_id, role=role)
    return membership


@transaction.atomic
def end_role(*, actor: Actor, organisation_id: int, membership_id: UUID, version: int, today: dt.date) -> None:
    """Take a role away from somebody who keeps another, never from oneself. Raises Refused, Conflict, NotVisible."""
    membership = (
        Membership.objects.visible_to(actor).on(today).filter(pk=membership_id, organisation_id=organisation_id).first()
    )
    if membership is None:
        raise NotVisible
    _act_on_member(actor, organisation_id, membership.user_id, today)
    if not actor.may(Permission.ACCOUNT_MANAGE):
        policies.check_champion_may_give(Role(membership.role))
    _end(membership, version, today)
    if not _held(organisation_id, membership.user_id, today).exists():
        raise Refused(_("This is the only role this person holds here. End their access instead."))
    _record("role.ended", actor, organisation_id, membership.user_id, role=membership.role)


@transaction.atomic
def end_access(*, actor: Actor, organisation_id: int, user_id: int, today: dt.date) -> None:
    """Let somebody go who left or needs no access: every role here ends at once, and so do their sessions (ORG-022).

    The account stays, with its history; without another organisation it is closed. A champion cannot do this to
    another champion. Raises Refused, NotVisible.
    """
    _act_on_member(actor, organisation_id, user_id, today)
    held = list(_held(organisation_id, user_id, today))
    if not actor.may(Permission.ACCOUNT_MANAGE) and any(row.role == Role.DATA_CHAMPION for row in held):
        policies.check_champion_may_give(Role.DATA_CHAMPION)
    for membership in held:
        _end(membership, membership.version, today)
    withdraw_invitations(user_id=user_id, organisation_id=organisation_id)
    if not seats_of(user_id, today=today):
        User.objects.filter(pk=user_id).update(is_active=False, left_on=today)
    end_sessions(user_id)
    _record("access.ended", actor, organisation_id, user_id)


@transaction.atomic
def attest(*, actor: Actor, organisation_id: int, user_ids: Iterable[int], today: dt.date) -> int:
    """Confirm of members of the organisation that they still need access. Nobody confirms themselves.

    Returns how many were confirmed; ids of strangers count for nothing. Raises NotVisible.
    """
    permissions.check_manages_people_of(actor, organisation_id)
    ids = set(people(actor, organisation_id, today=today).filter(pk__in=user_ids).values_list("pk", flat=True))
    ids -= {actor.user_id or 0}
    if actor.may(Permission.ACCOUNT_MANAGE):
        write_for(organisation_id)
    for membership in Membership.objects.on(today).filter(organisation_id=organisation_id, user_id__in=ids):
        save_changes(membership, expected_version=membership.version, attested_on=today)
    audit.record("members.attested", actor=actor, owner_id=organisation_id, users=sorted(ids))
    return len(ids)


def _act_on_member(actor: Actor, organisation_id: int, user_id: int, today: dt.date) -> None:
    """Check who acts on whom, lock the person, and write for the organisation from here on."""
    permissions.check_manages_people_of(actor, organisation_id)
    get_member(actor, organisation_id, user_id, today=today)
    policies.check_is_somebody_else(actor, user_id)
    if actor.may(Permission.ACCOUNT_MANAGE):
        write_for(organisation_id)
    User.objects.select_for_update().get(pk=user_id)


def _held(organisation_id: int, user_id: int, today: dt.date) -> "QuerySet[Membership]":
    return Membership.objects.on(today).filter(organisation_id=organisation_id, user_id=user_id)


def _end(membership: Membership, version: int, today: dt.date) -> None:
    """End the role before today. One that began today never held a day: its row goes, and the history keeps it."""
    if membership.starts_on < today:
        save_changes(membership, expected_version=version, ends_on=today)
    elif not Membership.objects.filter(pk=membership.pk, version=version).delete()[0]:
        raise Conflict


def _record(code: str, actor: Actor, organisation_id: int, user_id: int, **detail: Any) -> None:
    audit.record(code, actor=actor, owner_id=organisation_id, table="identity_user", row=user_id, **detail)
