"""Recording checks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from opensponsor.audit import services as audit
from opensponsor.cases import permissions as case_permissions
from opensponsor.cases import policies as case_policies
from opensponsor.cases import queries as cases
from opensponsor.cases.models import Case
from opensponsor.checks import permissions, policies, queries
from opensponsor.checks.models import Check
from opensponsor.checks.services.summaries import lock_households, refresh
from opensponsor.checks.states import CheckStatus, CheckType
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict
from opensponsor.core.saving import save_changes
from opensponsor.hosts.models import Sponsorship
from opensponsor.people.models import Household
from opensponsor.people.services import change_household


class Outcome(TypedDict, total=False):
    """What is said about a check. A reason without a failure, or a level of anything but a sponsor, is dropped."""

    status: str
    checked_on: dt.date | None
    dbs_level: str
    failure_reason: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """How far one check is.

    `case_id` is the case of the sponsor for EXISTS and SPONSOR, that of the household for SUITABLE and ARRIVED;
    `address_id` belongs to EXISTS and SUITABLE. `version` is None for a check that nobody recorded yet.
    """

    type: CheckType
    case_id: UUID
    version: int | None
    address_id: UUID | None = None
    outcome: Outcome = field(default_factory=Outcome)


@transaction.atomic
def record_check(
    *,
    actor: Actor,
    case_id: UUID,
    type_: CheckType,
    version: int | None,
    today: dt.date,
    address_id: UUID | None = None,
    **outcome: Unpack[Outcome],
) -> Check:
    """Say how far the one check of its type and subject is, and refresh every household that it counts for.

    The arguments are those of a `Recording`. Guests who arrived have a day of arrival, if they had none.
    Raises Refused, Conflict, NotVisible.
    """
    one = Recording(type=type_, case_id=case_id, version=version, address_id=address_id, outcome=outcome)
    [check] = record_checks(actor=actor, recordings=[one], today=today)
    return check


@transaction.atomic
def record_checks(*, actor: Actor, recordings: Sequence[Recording], today: dt.date) -> list[Check]:
    """Say how far several checks are, each through the same guards: all of them, or none.

    Sponsors are locked before households, and each of them in the order of their ids, so that two people who record
    checks of neighbouring households wait for each other. Raises Refused, Conflict, NotVisible.
    """
    ordered = sorted(recordings, key=lambda one: (one.case_id, one.type))
    of_sponsors = [_record(actor, one, today) for one in ordered if one.type not in queries.OF_HOUSEHOLDS]
    of_households = [one for one in ordered if one.type in queries.OF_HOUSEHOLDS]
    counting = {one.case_id for one in of_households}.union(*(_households_of(one, today) for one in of_sponsors))
    lock_households(counting)
    checks = [*of_sponsors, *(_record(actor, one, today) for one in of_households)]
    refresh(counting)
    _tell(actor, checks)
    return checks


def _record(actor: Actor, one: Recording, today: dt.date) -> Check:
    permissions.check_may_record(actor, one.type)
    case = cases.lock_case(actor, one.case_id)
    case_permissions.check_may_work_on(actor, case, permissions.NEEDED[one.type])
    case_policies.check_is_open(case)
    subject = queries.subject_of(case, one.type, one.address_id, today=today)
    check = _save(case, one.type, subject, one.version, _fields(one.type, today, one.outcome))
    if one.type == CheckType.ARRIVED and check.status == CheckStatus.PASSED:
        _set_arrival(actor, case, check, today)
    return check


def _tell(actor: Actor, checks: Iterable[Check]) -> None:
    for check in checks:
        audit.record(
            "check.recorded",
            actor=actor,
            case_id=check.case_id,
            owner_id=check.owner_id,
            type=check.type,
            status=check.status,
        )


def _fields(type_: CheckType, today: dt.date, outcome: Outcome) -> dict[str, Any]:
    """The fields to store. Raises Refused for what does not fit together."""
    status, checked_on = outcome["status"], outcome.get("checked_on")
    level = outcome.get("dbs_level", "") if type_ == CheckType.SPONSOR else ""
    reason = outcome.get("failure_reason", "") if status == CheckStatus.FAILED else ""
    comment = outcome.get("comment", "").strip()
    policies.check_date(status, checked_on, today)
    policies.check_reason(type_, status, reason)
    policies.check_level(type_, status, level)
    policies.check_comment(status, reason, comment)
    return {
        "status": CheckStatus(status),
        "checked_on": checked_on,
        "dbs_level": level,
        "failure_reason": reason,
        "comment": comment,
    }


def _save(
    case: Case, type_: CheckType, subject: queries.SubjectKeys, version: int | None, fields: dict[str, Any]
) -> Check:
    """The case is locked, so that of two people who record the same check for the first time one is the first."""
    stored: Check | None = Check.objects.filter(type=type_, **subject).first()
    if stored is None and version is None:
        created: Check = Check.objects.create(case=case, owner_id=case.owner_id, type=type_, **subject, **fields)
        return created
    if stored is None or version is None:
        raise Conflict
    save_changes(stored, expected_version=version, **fields)
    return stored


def _set_arrival(actor: Actor, case: Case, check: Check, today: dt.date) -> None:
    household = Household.objects.get(case=case)
    if household.arrived_on is None:
        change_household(
            actor=actor, household_id=household.pk, version=household.version, arrived_on=check.checked_on or today
        )


def _households_of(check: Check, today: dt.date) -> list[UUID]:
    """The cases of the owner's households that the check of a sponsor or of an address counts for."""
    hosted = Q(sponsor=check.sponsor_id) if check.type == CheckType.SPONSOR else Q(address=check.address_id)
    current = Sponsorship.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), hosted, owner_id=check.owner_id)
    return list(current.values_list("case_id", flat=True))
