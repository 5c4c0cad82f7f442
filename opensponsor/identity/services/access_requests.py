"""Asking for access and vouching for who asks (ORG-015, ORG-016, ORG-018, ORG-021)."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.core.rowsecurity import as_system, write_for
from opensponsor.core.saving import save_changes
from opensponsor.identity import permissions, policies
from opensponsor.identity.models import AccessRequest, Membership, Organisation, User
from opensponsor.identity.permissions import Permission
from opensponsor.identity.policies import Confirmation
from opensponsor.identity.queries import access_requests, organisation_register
from opensponsor.identity.roles import DEFINITIONS, Role
from opensponsor.identity.rules.addresses import normalised
from opensponsor.identity.states import AccessRequestStatus


def ask(
    *, organisation_id: int, full_name: str, email: str, operational_need: str, wants_champion: bool = False
) -> None:
    """Somebody asks for an account (ORG-015). A second request while one waits is dropped without a word.

    Nothing tells whether the address has an account. Raises Refused for an organisation that takes no members or whose
    domains the address is not of.
    """
    organisation = organisation_register.joinable().filter(pk=organisation_id).first()
    if organisation is None:
        raise Refused(_("Choose the organisation you work for."))
    policies.check_address(email, organisation)
    request = AccessRequest(
        organisation=organisation,
        full_name=full_name.strip(),
        email=normalised(email),
        operational_need=operational_need.strip(),
        wants_champion=wants_champion,
    )
    with as_system("access-request") as actor:
        # One statement whether a request waits already or not, so that the time it takes tells nothing.
        AccessRequest.objects.bulk_create([request], ignore_conflicts=True)
        audit.record("access.asked", actor=actor, owner_id=organisation.pk)


@transaction.atomic
def vouch(*, actor: Actor, request_id: UUID, version: int, confirmed: Confirmation, today: dt.date) -> AccessRequest:
    """Confirm the work account and the training of somebody who asked (ORG-016, ORG-018, ORG-021).

    Raises Refused when something is not confirmed or the request is one's own; Conflict, NotVisible.
    """
    request = access_requests.get(actor, request_id)
    _act_as_voucher(actor, request.organisation, today)
    policies.check_may_follow(request, AccessRequestStatus.VOUCHED)
    policies.check_not_about(_address_of(actor), request)
    policies.check_confirmed(confirmed, today=today)
    save_changes(request, expected_version=version, **_vouched(actor, confirmed))
    audit.record("access.vouched", actor=actor, owner_id=request.organisation_id, access_request=request.pk)
    return request


@transaction.atomic
def refuse(*, actor: Actor, request_id: UUID, version: int, reason: str, today: dt.date) -> AccessRequest:
    """Say no: the champion at first, the administrator once vouched; the request ends (ORG-016).

    Raises Refused, Conflict, NotVisible.
    """
    request = access_requests.get(actor, request_id)
    if actor.may(Permission.ACCOUNT_MANAGE):
        write_for(request.organisation_id)
    else:
        _act_as_voucher(actor, request.organisation, today)
        if request.status == AccessRequestStatus.VOUCHED:
            raise Refused(_("This request has been vouched for and waits for the administrator."))
    policies.check_may_follow(request, AccessRequestStatus.REFUSED)
    policies.check_second_person(actor, request)
    policies.check_not_about(_address_of(actor), request)
    if not reason.strip():
        raise Refused(_("Say why you refuse."))
    save_changes(
        request,
        expected_version=version,
        status=AccessRequestStatus.REFUSED,
        decided_by_id=actor.user_id,
        refusal_reason=reason.strip(),
    )
    audit.record("access.refused", actor=actor, owner_id=request.organisation_id, access_request=request.pk)
    return request


@transaction.atomic
def nominate(
    *,
    actor: Actor,
    organisation_id: int,
    full_name: str,
    email: str,
    operational_need: str,
    confirmed: Confirmation,
    today: dt.date,
) -> AccessRequest:
    """An administrator asks and vouches where no champion can: for the first of an organisation, or an administrator.

    Another administrator creates the account. Raises Refused, NotVisible.
    """
    permissions.check(actor, Permission.ACCOUNT_MANAGE)
    organisation = organisation_register.get(actor, organisation_id)
    policies.check_takes_members(organisation)
    policies.check_address(email, organisation)
    policies.check_confirmed(confirmed, today=today)
    _act_as_voucher(actor, organisation, today)
    request = AccessRequest(
        organisation=organisation,
        full_name=full_name.strip(),
        email=normalised(email),
        operational_need=operational_need.strip(),
        wants_champion=organisation.kind in DEFINITIONS[Role.DATA_CHAMPION].kinds,
        **_vouched(actor, confirmed),
    )
    policies.check_not_about(_address_of(actor), request)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("A request for this address is already waiting.")) from error
    audit.record("access.nominated", actor=actor, owner_id=organisation.pk, access_request=request.pk)
    return request


def count_champions(organisation_id: int, *, today: dt.date) -> int:
    """How many in office can vouch for the organisation's people, as far as the present actor may see them."""
    return Membership.objects.champions_on(today).filter(organisation_id=organisation_id).count()


def _act_as_voucher(actor: Actor, organisation: Organisation, today: dt.date) -> None:
    """Champions vouch for their own organisation, administrators only where there is no champion. Raises as it must."""
    if actor.may(Permission.ACCESS_VOUCH) and organisation.pk == actor.organisation_id:
        return
    permissions.check(actor, Permission.ACCOUNT_MANAGE)
    if count_champions(organisation.pk, today=today):
        raise Refused(_("This organisation has a data champion, who vouches for its people."))
    write_for(organisation.pk)


def _vouched(actor: Actor, confirmed: Confirmation) -> dict[str, object]:
    return {
        "status": AccessRequestStatus.VOUCHED,
        "work_account_checked": confirmed.work_account_checked,
        "training_confirmed_on": confirmed.training_confirmed_on,
        "knows_where_to_get_help": confirmed.knows_where_to_get_help,
        "vouched_by_id": actor.user_id,
    }


def _address_of(actor: Actor) -> str:
    email = User.objects.filter(pk=actor.user_id or 0).values_list("email", flat=True).first()
    if email is None:
        raise NotVisible
    return email
