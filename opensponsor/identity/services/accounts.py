"""Suspending accounts that nothing speaks for, and giving them back (ORG-023)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from opensponsor.audit import services as audit
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.core.rowsecurity import as_system
from opensponsor.identity import permissions, policies
from opensponsor.identity.models import Membership, MembershipQuerySet, User
from opensponsor.identity.permissions import Permission
from opensponsor.identity.roles import DEFINITIONS, Role
from opensponsor.identity.rules.inactivity import Limits, Reason, Step, Verdict, last_sign, review
from opensponsor.identity.services.sessions import end_sessions
from opensponsor.identity.states import OrganisationKind


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the review found about an account; without a verdict nothing was to be done."""

    user: User
    verdict: Verdict | None


def inactivity_limits() -> Limits:
    """When an account that is not used is warned and suspended."""
    return Limits(settings.INACTIVITY_WARNING_DAYS, settings.INACTIVITY_SUSPENSION_DAYS)


def attestation_limits() -> Limits:
    """When a confirmation of access is due, and when its lack suspends."""
    return Limits(settings.ATTESTATION_DAYS, settings.ATTESTATION_DAYS + settings.ATTESTATION_GRACE_DAYS)


def due_accounts(*, today: dt.date) -> list[int]:
    """The users whose accounts are to be warned or suspended today. Locks nothing: `review_account` looks again."""
    with as_system("accounts.review"):
        spoken_for = _spoken_for(today)
        return [
            user.pk
            for user in User.objects.filter(is_active=True).order_by("pk")
            if _verdict(user, spoken_for.get(user.pk), today).step != Step.NONE
        ]


@transaction.atomic
def review_account(*, actor: Actor, user_id: int, today: dt.date) -> Reviewed:
    """Warn or suspend one account if its day has come. The actor is the job's, which sees every membership.

    Looked at under lock, so that who signed in a moment ago stays. Run again on the same day it does nothing.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.is_active:
        return Reviewed(user, None)
    verdict = _verdict(user, _spoken_for(today, user_id).get(user_id), today)
    if verdict.step == Step.WARN:
        User.objects.filter(pk=user.pk).update(inactivity_warned_on=today)
    if verdict.step == Step.SUSPEND:
        _suspend(actor, user, verdict, today)
    return Reviewed(user, verdict if verdict.step != Step.NONE else None)


@transaction.atomic
def reactivate(*, actor: Actor, user_id: int, today: dt.date) -> User:
    """An administrator gives a suspended account back; both clocks start again. Raises Refused, NotVisible."""
    permissions.check(actor, Permission.ACCOUNT_MANAGE)
    if not Membership.objects.visible_to(actor).filter(user_id=user_id).exists():
        raise NotVisible
    policies.check_is_somebody_else(actor, user_id)
    user = User.objects.select_for_update().get(pk=user_id)
    policies.check_is_suspended(user)
    user.is_active, user.suspended_on, user.active_from = True, None, today
    user.save(update_fields=["is_active", "suspended_on", "active_from"])
    audit.record("account.reactivated", actor=actor, table="identity_user", row=user.pk)
    return user


def organisations_to_confirm(*, today: dt.date) -> set[int]:
    """The organisations with somebody whose need for access is to be confirmed, for the job that reminds of it."""
    due_on = today - dt.timedelta(days=attestation_limits().warn_after)
    spoken = Greatest("starts_on", "attested_on", "user__active_from")
    held = _attested(today).filter(organisation__is_active=True)
    return set(held.annotate(spoken=spoken).filter(spoken__lte=due_on).values_list("organisation_id", flat=True))


def _verdict(user: User, spoken_for: dt.date | None, today: dt.date) -> Verdict:
    """The more severe of the two clocks."""
    created_on = timezone.localdate(user.created_at)
    seen = review(
        since=last_sign(user.last_seen_on, user.active_from, created_on),
        warned_on=user.inactivity_warned_on,
        today=today,
        limits=inactivity_limits(),
    )
    if seen.step == Step.SUSPEND or spoken_for is None:
        return seen
    attested = review(
        since=last_sign(spoken_for, user.active_from),
        # The champion is reminded, not the account's holder: there is no warning to keep.
        warned_on=today,
        today=today,
        limits=attestation_limits(),
        reason=Reason.NOT_ATTESTED,
    )
    return attested if attested.step == Step.SUSPEND else seen


def _spoken_for(today: dt.date, only: int | None = None) -> dict[int, dt.date]:
    """For each user the day on which the most careless of their organisations last confirmed them, or took them on."""
    held = _attested(today).filter(user_id=only) if only else _attested(today)
    latest: dict[int, dict[int, dt.date]] = defaultdict(dict)
    for user_id, organisation_id, starts_on, attested_on in held.values_list(
        "user_id", "organisation_id", "starts_on", "attested_on"
    ):
        day = max(starts_on, attested_on or starts_on)
        latest[user_id][organisation_id] = max(day, latest[user_id].get(organisation_id, day))
    return {user_id: min(days.values()) for user_id, days in latest.items()}


def _attested(today: dt.date) -> MembershipQuerySet:
    """The memberships that somebody confirms each quarter: those where there are champions, and the operator's own."""
    kinds = DEFINITIONS[Role.DATA_CHAMPION].kinds | {OrganisationKind.PLATFORM}
    return Membership.objects.on(today).filter(user__is_active=True, organisation__kind__in=kinds)


def _suspend(actor: Actor, user: User, verdict: Verdict, today: dt.date) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False, suspended_on=today)
    end_sessions(user.pk)
    audit.record(
        "account.suspended",
        actor=actor,
        table="identity_user",
        row=user.pk,
        reason=verdict.reason,
        rule=verdict.rule,
        days=verdict.days,
    )
