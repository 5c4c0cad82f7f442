"""Requests for approval: one asks, another decides."""

from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import ApprovalRequest, Case
from opensponsor.cases.states import CaseStatus, RequestKind, RequestStatus
from opensponsor.core.actor import Actor
from opensponsor.core.clock import now
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.core.rowsecurity import write_for
from opensponsor.core.saving import save_changes
from opensponsor.identity.permissions import Permission, check


@transaction.atomic
def raise_request(
    *, actor: Actor, case_id: UUID, kind: RequestKind, reason: str, subject_id: UUID | None = None
) -> ApprovalRequest:
    """Ask the national team for what the council may not do itself; only a data champion asks.

    A closed case is reopened (ORG-034, ORG-036); everything else is asked about a row of an open one, `subject_id`,
    which the caller has looked at (ORG-035). Raises Refused for an empty reason, a case that is not so, or a request
    that already waits; NotVisible.
    """
    case = queries.lock_case(actor, case_id)
    permissions.check_may_work_on(actor, case, Permission.REQUEST_RAISE)
    if not reason.strip():
        raise Refused(_("Say why you ask for this."))
    (policies.check_is_closed if kind == RequestKind.REOPEN_CASE else policies.check_is_open)(case)
    same = ApprovalRequest.objects.filter(case=case, kind=kind, subject_id=subject_id)
    if same.filter(status=RequestStatus.SUBMITTED).exists():
        raise Refused(_("This has already been asked and waits for a decision."))
    request = ApprovalRequest.objects.create(
        case=case,
        owner_id=case.owner_id,
        kind=kind,
        subject_id=subject_id,
        reason=reason.strip(),
        raised_by_id=permissions.person(actor),
    )
    audit.record(
        "request.raised", actor=actor, case_id=case.pk, owner_id=case.owner_id, request_id=request.pk, kind=kind
    )
    return request


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: UUID, version: int) -> None:
    """Take a request back before it is decided. Raises Refused, Conflict, NotVisible."""
    request = queries.lock_row(actor, ApprovalRequest, request_id)
    permissions.check_may_work_on(actor, request.case, Permission.REQUEST_RAISE)
    policies.check_may_follow(request, RequestStatus.WITHDRAWN)
    save_changes(
        request, expected_version=version, status=RequestStatus.WITHDRAWN, decided_by_id=actor.user_id, decided_at=now()
    )
    audit.record(
        "request.withdrawn", actor=actor, case_id=request.case_id, owner_id=request.owner_id, request_id=request.pk
    )


class Decision(TypedDict):
    """Who decides which request, in the version that was seen, and how. A refusal needs a reason."""

    actor: Actor
    request_id: UUID
    version: int
    approve: bool
    reason: str


@transaction.atomic
def decide_reopening(**decision: Unpack[Decision]) -> None:
    """Reopen a case at once, or refuse to (ORG-034). Raises Refused, Conflict, NotVisible."""
    request = settle(RequestKind.REOPEN_CASE, **decision)
    if decision["approve"]:
        case = Case.objects.select_for_update().get(pk=request.case_id)
        save_changes(case, expected_version=case.version, status=CaseStatus.OPEN, closed_on=None)


def settle(
    kind: RequestKind, *, actor: Actor, request_id: UUID, version: int, approve: bool, reason: str
) -> ApprovalRequest:
    """Approve or refuse a request of this kind, by somebody else than who asked; the caller does what was approved.

    The national body writes for the owner of the case, which the history names. Raises Refused, Conflict, NotVisible.
    """
    check(actor, Permission.REQUEST_DECIDE)
    request = queries.get_row(actor, ApprovalRequest, request_id)
    if request.kind != kind:
        raise NotVisible
    write_for(request.owner_id)
    status = RequestStatus.APPROVED if approve else RequestStatus.REFUSED
    policies.check_may_follow(request, status)
    if request.raised_by_id == actor.user_id:
        raise Refused(_("Somebody else must decide what you asked for."))
    if not approve and not reason.strip():
        raise Refused(_("Say why you refuse."))
    save_changes(
        request,
        expected_version=version,
        status=status,
        decided_by_id=actor.user_id,
        decided_at=now(),
        decision_reason=reason.strip(),
    )
    audit.record(
        "request.decided",
        actor=actor,
        case_id=request.case_id,
        owner_id=request.owner_id,
        request_id=request.pk,
        status=status,
    )
    return request
