"""What is done to many cases at once: all of them, or none."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases.models import Case
from opensponsor.cases.permissions import readable_kinds
from opensponsor.cases.states import CaseStatus
from opensponsor.core.actor import Actor
from opensponsor.core.clock import now
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.identity import permissions
from opensponsor.identity import queries as identity
from opensponsor.identity.permissions import Permission


@transaction.atomic
def assign_cases(*, actor: Actor, versions: Mapping[UUID, int], assignee_id: int | None, today: dt.date) -> list[Case]:
    """Make a colleague responsible for every one of these cases, or nobody. `versions` holds the version of each.

    Raises Refused when one is closed or was changed meanwhile, NotVisible when one is not the actor's to change.
    """
    permissions.check(actor, Permission.CASE_ASSIGN)
    cases = _locked(actor, versions)
    if assignee_id and not identity.colleagues(actor, today=today).filter(pk=assignee_id).exists():
        raise Refused(_("Choose somebody of your own organisation."))
    changed = Case.objects.filter(pk__in=versions)
    changed.update(assignee_id=assignee_id, version=F("version") + 1, updated_at=now())
    owners = {case.pk: case.owner_id for case in cases}
    audit.record_each("case.assigned", actor=actor, cases=owners, assignee_id=assignee_id)
    return cases


def _locked(actor: Actor, versions: Mapping[UUID, int]) -> list[Case]:
    """The cases, locked in one order whoever asks, so that two such acts wait for each other and never deadlock."""
    writable = Case.objects.writable_by(actor).filter(kind__in=readable_kinds(actor), pk__in=versions)
    cases: list[Case] = list(writable.select_for_update().order_by("pk"))
    if len(cases) != len(versions):
        raise NotVisible
    for case in cases:
        if case.status == CaseStatus.CLOSED:
            raise Refused(_("%(reference)s is closed. Nothing was changed.") % {"reference": case.reference})
        if case.version != versions[case.pk]:
            raise Refused(
                _("Somebody else changed %(reference)s meanwhile. Nothing was changed: choose the rows again.")
                % {"reference": case.reference}
            )
    return cases
