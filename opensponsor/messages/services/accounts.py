"""What is done to accounts and told about in the same transaction (ORG-016, ORG-017, ORG-023)."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.jobs import enqueue
from opensponsor.core.rowsecurity import as_system
from opensponsor.core.saving import save_changes
from opensponsor.identity.models import AccessRequest, Invitation, Organisation, User
from opensponsor.identity.policies import Confirmation
from opensponsor.identity.queries.access_requests import unanswered
from opensponsor.identity.roles import Role
from opensponsor.identity.rules.inactivity import Reason, Step
from opensponsor.identity.services import access_requests, account_creation, accounts, invitations
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.messages.models import Notice
from opensponsor.messages.services.notices import notify, notify_holders
from opensponsor.messages.states import Letter

# Champions are reminded of a confirmation that is due once in this many days.
_REMIND_EVERY = dt.timedelta(days=14)
# By name: the job calls what stands here.
_TELL = "opensponsor.messages.jobs.tell_of_request"


@transaction.atomic
def ask(
    *, organisation_id: int, full_name: str, email: str, operational_need: str, wants_champion: bool = False
) -> None:
    """Ask for access; a job tells who decides. Takes the same steps whatever is known of the address already.

    Raises as `access_requests.ask` does.
    """
    access_requests.ask(
        organisation_id=organisation_id,
        full_name=full_name,
        email=email,
        operational_need=operational_need,
        wants_champion=wants_champion,
    )
    enqueue(app.tasks[_TELL], organisation_id=organisation_id)


@transaction.atomic
def vouch(*, actor: Actor, request_id: UUID, version: int, confirmed: Confirmation, today: dt.date) -> AccessRequest:
    """Vouch for who asked, and tell the administrators. Raises as `access_requests.vouch` does."""
    request = access_requests.vouch(
        actor=actor, request_id=request_id, version=version, confirmed=confirmed, today=today
    )
    _tell_administrators(Letter.ACCESS_VOUCHED, request.organisation_id)
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
    """Ask and vouch where no champion can, and tell the other administrators.

    Raises as `access_requests.nominate` does.
    """
    request = access_requests.nominate(
        actor=actor,
        organisation_id=organisation_id,
        full_name=full_name,
        email=email,
        operational_need=operational_need,
        confirmed=confirmed,
        today=today,
    )
    _tell_administrators(Letter.ACCESS_VOUCHED, request.organisation_id)
    return request


@transaction.atomic
def refuse(*, actor: Actor, request_id: UUID, version: int, reason: str, today: dt.date) -> AccessRequest:
    """Refuse who asked, and tell them that, not why.

    The reason may speak of others. Raises as `access_requests.refuse` does.
    """
    request = access_requests.refuse(actor=actor, request_id=request_id, version=version, reason=reason, today=today)
    notify(
        to=request.email,
        letter=Letter.ACCESS_REFUSED,
        language=_language_at(request.organisation),
        context={"organisation_id": request.organisation_id},
    )
    return request


@transaction.atomic
def create_account(
    *, actor: Actor, request_id: UUID, version: int, role: Role, today: dt.date, may_be_second: bool = False
) -> account_creation.Created:
    """Make the account and tell its holder (ORG-017): with an invitation, or that they joined a further organisation.

    Raises as `account_creation.create_account` does.
    """
    created = account_creation.create_account(
        actor=actor, request_id=request_id, version=version, role=role, today=today, may_be_second=may_be_second
    )
    if created.invitation:
        send_invitation(created.invitation)
    else:
        notify(
            to=created.user.email,
            letter=Letter.FURTHER_ORGANISATION,
            language=created.user.language,
            context={"organisation_id": created.request.organisation_id},
        )
    save_changes(created.request, expected_version=created.request.version, notified_at=clock.now())
    return created


@transaction.atomic
def invite_again(*, actor: Actor, organisation_id: int, user_id: int, today: dt.date) -> Invitation:
    """Send a new link to somebody who has not come in yet. Raises as `invitations.invite_again` does."""
    invitation = invitations.invite_again(actor=actor, organisation_id=organisation_id, user_id=user_id, today=today)
    send_invitation(invitation)
    return invitation


@transaction.atomic
def reactivate(*, actor: Actor, user_id: int, today: dt.date) -> User:
    """Give a suspended account back and tell its holder. Raises as `accounts.reactivate` does."""
    user = accounts.reactivate(actor=actor, user_id=user_id, today=today)
    notify(to=user.email, letter=Letter.ACCOUNT_REACTIVATED, language=user.language, context={})
    return user


def send_invitation(invitation: Invitation) -> None:
    """Mail the link. Its holder's language is not known yet: in Wales the letter is in both."""
    notify(
        to=invitation.user.email,
        letter=Letter.INVITATION,
        language=_language_at(invitation.organisation),
        context={
            "invitation_id": str(invitation.pk),
            "organisation_id": invitation.organisation_id,
            "day": timezone.localdate(invitation.expires_at).isoformat(),
        },
    )


def tell_of_request(organisation_id: int) -> None:
    """Tell the champions of an organisation that somebody waits; where there is none, the administrators.

    Nothing when they were told since the newest request came: who asks twice makes no second letter.
    """
    with as_system("access-request"):
        newest = unanswered(organisation_id)
        if newest is None:
            return
        told = Notice.objects.filter(
            letter__in=(Letter.ACCESS_ASKED, Letter.ACCESS_UNCLAIMED),
            context={"organisation_id": organisation_id},
            created_at__gte=newest.created_at,
        )
        if told.exists():
            return
        if access_requests.count_champions(organisation_id, today=clock.today()):
            _tell_champions(Letter.ACCESS_ASKED, organisation_id)
        else:
            _tell_administrators(Letter.ACCESS_UNCLAIMED, organisation_id)


def review_accounts(*, today: dt.date) -> int:
    """Warn and suspend the accounts whose day has come, and tell their holders, each in its own transaction (ORG-023).

    Returns how many were dealt with; run again on the same day, none.
    """
    done = [_review(user_id, today) for user_id in accounts.due_accounts(today=today)]
    return sum(done)


def _review(user_id: int, today: dt.date) -> bool:
    with as_system("accounts.review") as actor:
        reviewed = accounts.review_account(actor=actor, user_id=user_id, today=today)
        if reviewed.verdict is None:
            return False
        is_warning = reviewed.verdict.step == Step.WARN
        notify(
            to=reviewed.user.email,
            letter=Letter.INACTIVITY_WARNING if is_warning else Letter.ACCOUNT_SUSPENDED,
            language=reviewed.user.language,
            context={
                "days": reviewed.verdict.days,
                "day": reviewed.verdict.suspends_on.isoformat(),
                "unconfirmed": int(reviewed.verdict.reason == Reason.NOT_ATTESTED),
            },
        )
        return True


def remind_champions(*, today: dt.date) -> int:
    """Tell who confirms of each organisation with people to confirm. Returns how many organisations that were.

    A champion on their own cannot confirm themselves: then the administrators are told as well.
    """
    with as_system("accounts.review"):
        told = Notice.objects.filter(letter=Letter.ATTESTATION_DUE, created_at__gt=clock.now() - _REMIND_EVERY)
        due = accounts.organisations_to_confirm(today=today) - {notice.context["organisation_id"] for notice in told}
        for organisation_id in sorted(due):
            _tell_champions(Letter.ATTESTATION_DUE, organisation_id)
            if access_requests.count_champions(organisation_id, today=today) < 2:
                _tell_administrators(Letter.ATTESTATION_DUE, organisation_id)
        return len(due)


def _tell_champions(letter: Letter, organisation_id: int) -> None:
    organisation = Organisation.objects.get(pk=organisation_id)
    notify_holders(
        role=Role.DATA_CHAMPION,
        organisation_id=organisation_id,
        letter=letter,
        language=_language_at(organisation),
        context={"organisation_id": organisation_id},
    )


def _tell_administrators(letter: Letter, organisation_id: int) -> None:
    for operator in Organisation.objects.filter(kind=OrganisationKind.PLATFORM):
        notify_holders(
            role=Role.PLATFORM_ADMINISTRATOR,
            organisation_id=operator.pk,
            letter=letter,
            language="en",
            context={"organisation_id": organisation_id},
        )


def _language_at(organisation: Organisation) -> str:
    """Both languages in Wales, English elsewhere."""
    return "" if organisation.realm == Realm.WALES else "en"
