"""Opening, assigning, sharing, transferring and closing a case."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import Case, Share, Task
from opensponsor.cases.states import CaseKind, CaseStatus
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.core.saving import save_changes
from opensponsor.identity import queries as identity
from opensponsor.identity.permissions import Permission

# A request carries the ids of the shared cases to the database, so that the list stays short.
_MOST_SHARES = 50


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    kind: CaseKind,
    reference: str,
    title: str,
    sort_title: str,
    opened_on: dt.date,
    owner_id: int | None = None,
    contact_centre_works: bool = False,
) -> Case:
    """Open a case for the actor's organisation, or for one whose records it may write.

    Everybody there sees it at once (ORG-032, C-116). Raises Refused for an owner that the actor does not write for.
    """
    owner = owner_id or actor.organisation_id
    if actor.user_id is not None and owner not in actor.writes:
        raise Refused(_("You cannot open a record for that organisation."))
    case = Case.objects.create(
        kind=kind,
        reference=reference,
        title=title,
        sort_title=sort_title,
        opened_on=opened_on,
        owner_id=owner,
        contact_centre_works=contact_centre_works,
    )
    audit.record("case.opened", actor=actor, case_id=case.pk, owner_id=owner, kind=kind)
    return case


@transaction.atomic
def assign_case(*, actor: Actor, case_id: UUID, version: int, assignee_id: int | None, today: dt.date) -> Case:
    """Make a colleague responsible, or nobody; the owner stays the organisation (ORG-032).

    Raises Refused, Conflict, NotVisible.
    """
    case = queries.lock_case(actor, case_id)
    permissions.check_may_work_on(actor, case, Permission.CASE_ASSIGN)
    policies.check_is_open(case)
    if assignee_id and not identity.colleagues(actor, today=today).filter(pk=assignee_id).exists():
        raise Refused(_("Choose somebody of your own organisation."))
    save_changes(case, expected_version=version, assignee_id=assignee_id)
    audit.record("case.assigned", actor=actor, case_id=case.pk, owner_id=case.owner_id, assignee_id=assignee_id)
    return case


@transaction.atomic
def share_case(*, actor: Actor, case_id: UUID, organisation_id: int, reason: str, today: dt.date) -> Share:
    """Let another organisation read the case from today on.

    Raises Refused when it already reads it or cannot take more, NotVisible.
    """
    case = queries.lock_case(actor, case_id)
    permissions.check_may_work_on(actor, case, Permission.CASE_SHARE)
    policies.check_is_open(case)
    _check_may_share(case, organisation_id, today)
    share = Share.objects.create(
        case=case,
        owner_id=case.owner_id,
        organisation_id=organisation_id,
        starts_on=today,
        reason=reason.strip(),
        shared_by_id=permissions.person(actor),
    )
    audit.record("case.shared", actor=actor, case_id=case.pk, owner_id=case.owner_id, organisation_id=organisation_id)
    return share


def _check_may_share(case: Case, organisation_id: int, today: dt.date) -> None:
    if organisation_id == case.owner_id:
        raise Refused(_("The owner already sees this record."))
    if Share.objects.filter(case=case, organisation_id=organisation_id, ends_on=None).exists():
        raise Refused(_("This record is already shared with that organisation."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_shared_with(%s, %s)", [organisation_id, today])
        if cursor.fetchone()[0] >= _MOST_SHARES:
            sentence = _("That organisation already reads %(number)s shared records. End one of them first.")
            raise Refused(sentence % {"number": _MOST_SHARES})


@transaction.atomic
def end_share(*, actor: Actor, share_id: UUID, version: int, today: dt.date) -> Share:
    """Stop sharing, from this moment on. Raises Refused when it has ended already, Conflict, NotVisible."""
    share = queries.lock_row(actor, Share, share_id)
    permissions.check_may_work_on(actor, share.case, Permission.CASE_SHARE)
    if share.ends_on is not None:
        raise Refused(_("This record is no longer shared with that organisation."))
    save_changes(share, expected_version=version, ends_on=today)
    audit.record(
        "case.share_ended",
        actor=actor,
        case_id=share.case_id,
        owner_id=share.owner_id,
        organisation_id=share.organisation_id,
    )
    return share


@transaction.atomic
def transfer_case(*, actor: Actor, case_id: UUID, version: int, new_owner_id: int) -> None:
    """Hand the case and everything on it to another council; the old one sees nothing of it any more (ORG-003).

    Raises Refused for a body that owns no such cases, Conflict when the record changed meanwhile, NotVisible.
    """
    case = queries.lock_case(actor, case_id)
    permissions.check_may_work_on(actor, case, Permission.CASE_TRANSFER)
    policies.check_is_open(case)
    old_owner_id = case.owner_id
    if new_owner_id == old_owner_id:
        raise Refused(_("That organisation already owns this record."))
    if not identity.organisations().filter(pk=new_owner_id, kind__in=queries.MAY_TAKE_OVER).exists():
        raise Refused(_("Choose the council that takes over."))
    save_changes(case, expected_version=version)
    hand_over(case, new_owner_id)
    audit.record(
        "case.transferred",
        actor=actor,
        case_id=case.pk,
        owner_id=new_owner_id,
        from_id=old_owner_id,
        to_id=new_owner_id,
    )


def hand_over(case: Case, new_owner_id: int) -> None:
    """Give the locked case and every row on it to another organisation, for services that checked that it may be.

    Open tasks lose their assignees, who are people of the former owner. Raises Refused when the new one has recorded
    the same person or sponsor already: an organisation has each once.
    """
    Task.objects.filter(case=case, completed_at=None).update(assignee=None)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT transfer_case(%s, %s)", [case.pk, new_owner_id])
    except IntegrityError as error:
        raise Refused(_("That organisation has recorded somebody on this record already.")) from error


@transaction.atomic
def close_case(*, actor: Actor, case_id: UUID, version: int, today: dt.date) -> Case:
    """Close the case. Only the national team opens it again (ORG-034). Raises Refused, Conflict, NotVisible."""
    case = queries.lock_case(actor, case_id)
    permissions.check_may_work_on(actor, case, Permission.CASE_CLOSE)
    policies.check_is_open(case)
    save_changes(case, expected_version=version, status=CaseStatus.CLOSED, closed_on=today)
    audit.record("case.closed", actor=actor, case_id=case.pk, owner_id=case.owner_id)
    return case
