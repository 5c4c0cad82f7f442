"""Making an account out of a request that was vouched for."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import as_system, write_for
from opensponsor.core.saving import save_changes
from opensponsor.identity import bodies, permissions, policies
from opensponsor.identity.models import AccessRequest, Invitation, Membership, Organisation, User
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import access_requests, seats_of
from opensponsor.identity.roles import Role, roles_for
from opensponsor.identity.rules.addresses import normalised
from opensponsor.identity.services.invitations import open_invitation
from opensponsor.identity.states import AccessRequestStatus, AccountStatus, OrganisationKind


@dataclass(frozen=True, slots=True)
class Created:
    """An account that was made. No invitation where its holder signs in already and joined a further organisation."""

    request: AccessRequest
    user: User
    invitation: Invitation | None


def usual_role(request: AccessRequest) -> Role:
    """The role that the request comes to.

    Champion if it asked for that, else the first of this kind of organisation.
    """
    roles = roles_for(OrganisationKind(request.organisation.kind))
    return Role.DATA_CHAMPION if request.wants_champion and Role.DATA_CHAMPION in roles else roles[0]


@transaction.atomic
def create_account(
    *, actor: Actor, request_id: UUID, version: int, role: Role, today: dt.date, may_be_second: bool = False
) -> Created:
    """Make the account with its first role, and open an invitation (ORG-002, ORG-016, ORG-017).

    Only for a request that somebody else vouched for. `may_be_second` says that a person who works for another
    organisation is to belong to both (C-118). Raises Refused, Conflict, NotVisible.
    """
    permissions.check(actor, Permission.ACCOUNT_MANAGE)
    request = access_requests.get(actor, request_id)
    organisation = request.organisation
    policies.check_may_follow(request, AccessRequestStatus.CREATED)
    policies.check_second_person(actor, request)
    policies.check_takes_members(organisation)
    policies.check_address(request.email, organisation)
    policies.check_role_fits(role, organisation)
    write_for(organisation.pk)
    user = _user_for(request, today=today, may_be_second=may_be_second)
    policies.check_is_somebody_else(actor, user.pk)
    Membership.objects.create(
        user=user, organisation=organisation, role=role, starts_on=today, granted_by_id=actor.user_id
    )
    save_changes(
        request,
        expected_version=version,
        status=AccessRequestStatus.CREATED,
        decided_by_id=actor.user_id,
        user_id=user.pk,
    )
    invitation = (
        open_invitation(user=user, organisation_id=organisation.pk) if user.status == AccountStatus.INVITED else None
    )
    audit.record(
        "account.created", actor=actor, owner_id=organisation.pk, table="identity_user", row=user.pk, role=role
    )
    return Created(request, user, invitation)


def create_administrator(*, email: str, full_name: str, today: dt.date) -> Invitation:
    """The operator's own way in, from the command line: an administrator of the platform, with an invitation.

    Raises Refused when the address has an account, or the organisations are not loaded.
    """
    with as_system("create-admin") as actor:
        platform = Organisation.objects.filter(code=bodies.PLATFORM).first()
        if platform is None:
            raise Refused(_("Load the organisations first."))
        if User.objects.filter(email=normalised(email)).exists():
            raise Refused(_("An account with this address exists already."))
        user = User.objects.create_user(email, full_name.strip(), is_active=False, active_from=today)
        Membership.objects.create(user=user, organisation=platform, role=Role.PLATFORM_ADMINISTRATOR, starts_on=today)
        audit.record("account.created", actor=actor, owner_id=platform.pk, table="identity_user", row=user.pk)
        return open_invitation(user=user, organisation_id=platform.pk)


def _user_for(request: AccessRequest, *, today: dt.date, may_be_second: bool) -> User:
    """The account for the request: a new one, one whose holder comes back, or one that joins a further organisation."""
    user = User.objects.select_for_update().filter(email=request.email).first()
    if user is None:
        try:
            with transaction.atomic():
                return User.objects.create_user(request.email, request.full_name, is_active=False, active_from=today)
        except IntegrityError as error:
            raise Refused(_("An account with this address was made a moment ago.")) from error
    seats = seats_of(user.pk, today=today)
    if any(seat.organisation_id == request.organisation_id for seat in seats):
        raise Refused(_("This person is a member already. The data champion gives them roles."))
    if seats and not may_be_second:
        raise Refused(
            _("This person already works for %(name)s. Say that they are to belong to both, or end that first.")
            % {"name": seats[0].name_en}
        )
    if not seats:
        user.is_active, user.left_on, user.suspended_on, user.active_from = False, None, None, today
        user.save(update_fields=["is_active", "left_on", "suspended_on", "active_from"])
    return user
