"""Invitations: the way into a new account, open for a few days and for one use."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.core.rowsecurity import as_system, write_for
from opensponsor.identity import permissions, policies
from opensponsor.identity.models import Invitation, User
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries.members import get_member
from opensponsor.identity.states import AccountStatus, InvitationStatus

_SIGNER = signing.Signer(salt="identity.invitation")


def token_for(invitation_id: UUID) -> str:
    """What the link carries: the id, signed, so that the database holds nothing that opens an account."""
    return _SIGNER.sign(invitation_id.hex)


def open_invitation(*, user: User, organisation_id: int) -> Invitation:
    """Invite the user in place of any earlier invitation.

    The caller has checked who may, and acts for the organisation.
    """
    withdraw_invitations(user_id=user.pk, organisation_id=organisation_id)
    return Invitation.objects.create(
        user=user,
        organisation_id=organisation_id,
        expires_at=clock.now() + dt.timedelta(days=settings.INVITATION_DAYS),
    )


def withdraw_invitations(*, user_id: int, organisation_id: int) -> None:
    """End what invitations the user has open there."""
    for invitation in Invitation.objects.filter(
        user_id=user_id, organisation_id=organisation_id, used_at=None, withdrawn_at=None
    ):
        invitation.withdrawn_at = clock.now()
        invitation.save(update_fields=["withdrawn_at", "updated_at"])


@transaction.atomic
def invite_again(*, actor: Actor, organisation_id: int, user_id: int, today: dt.date) -> Invitation:
    """Send a new link in place of one that was lost or ran out. Raises Refused for who came in already, NotVisible."""
    permissions.check_manages_people_of(actor, organisation_id)
    member = get_member(actor, organisation_id, user_id, today=today)
    if actor.may(Permission.ACCOUNT_MANAGE):
        write_for(organisation_id)
    user = User.objects.select_for_update().get(pk=member.user_id)
    policies.check_is_invited(user)
    invitation = open_invitation(user=user, organisation_id=organisation_id)
    audit.record("account.invited_again", actor=actor, owner_id=organisation_id, table="identity_user", row=user.pk)
    return invitation


def look_at(token: str) -> tuple[Invitation, InvitationStatus]:
    """The invitation behind a link, and whether it still opens anything.

    Raises NotVisible for a link that was not made here.

    Reads as the system, because whoever follows a link is nobody yet.
    """
    with as_system("invitation"):
        return _look_at(token, for_update=False)


def accept(*, token: str, password: str | None) -> User:
    """Open the account (ORG-017).

    `password` is None where people sign in with an account of their organisation (C-114).

    Raises Refused for a link that was used or ran out, NotVisible for one that was not made here.
    """
    with as_system("invitation") as actor:
        invitation, status = _look_at(token, for_update=True)
        if status != InvitationStatus.OPEN:
            raise Refused(_("This link no longer works. Ask your data champion to send you a new one."))
        user = User.objects.select_for_update().get(pk=invitation.user_id)
        policies.check_is_invited(user)
        if not (password or settings.IDENTITY_PROVIDER):
            raise Refused(_("Choose a password."))
        user.is_active = True
        user.active_from = clock.today()
        user.set_password(None if settings.IDENTITY_PROVIDER else password)
        user.save(update_fields=["is_active", "active_from", "password"])
        invitation.used_at = clock.now()
        invitation.save(update_fields=["used_at", "updated_at"])
        audit.record(
            "account.opened", actor=actor, owner_id=invitation.organisation_id, table="identity_user", row=user.pk
        )
        return user


def _look_at(token: str, *, for_update: bool) -> tuple[Invitation, InvitationStatus]:
    try:
        invitation_id = UUID(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotVisible from error
    found = Invitation.objects.select_related("user", "organisation")
    if for_update:
        found = found.select_for_update(of=("self",))
    invitation = found.filter(pk=invitation_id).first()
    if invitation is None:
        raise NotVisible
    return invitation, _status(invitation)


def _status(invitation: Invitation) -> InvitationStatus:
    if invitation.used_at:
        return InvitationStatus.USED
    if invitation.withdrawn_at or invitation.user.status != AccountStatus.INVITED:
        return InvitationStatus.WITHDRAWN
    return InvitationStatus.OPEN if clock.now() < invitation.expires_at else InvitationStatus.EXPIRED
