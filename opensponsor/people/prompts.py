"""What the platform asks of those who work with households, derived on each look."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseStatus
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import shown
from opensponsor.core.prompts import Prompt
from opensponsor.identity.permissions import Permission
from opensponsor.identity.states import OrganisationKind
from opensponsor.people import queries

# Our choice: a week is what it takes to get ready for somebody.
AHEAD_DAYS = 7
_MOST = 50


def prompts(actor: Actor, today: dt.date) -> list[Prompt]:
    """Households of the actor, or of nobody, that are expected within the week or should have arrived."""
    if not actor.may(Permission.HOUSEHOLD_WRITE):
        return []
    cases = queries.household_cases(actor).filter(
        Q(assignee=None) | Q(assignee_id=actor.user_id),
        owner_id__in=actor.writes,
        status=CaseStatus.OPEN,
        household__arrived_on=None,
        household__expected_on__lte=today + dt.timedelta(days=AHEAD_DAYS),
    )
    if actor.organisation_kind == OrganisationKind.CONTACT_CENTRE:
        cases = cases.filter(contact_centre_works=True)
    expected = cases.select_related("household").order_by("household__expected_on", "pk")[:_MOST]
    return [_prompt(actor, case, case.household.expected_on or today, today) for case in expected]


def _prompt(actor: Actor, case: Case, expected_on: dt.date, today: dt.date) -> Prompt:
    name = shown(actor, case, "title") or case.reference
    is_late = expected_on < today
    return Prompt(
        code="household.late" if is_late else "household.expected",
        title=(_("Has %(name)s arrived?") if is_late else _("Get ready for %(name)s")) % {"name": name},
        why=_("Was expected and is not recorded as arrived") if is_late else _("Expected within the next 7 days"),
        clears=_("the arrival is recorded, or the expected date is changed"),
        due_on=expected_on,
        case_id=case.pk,
    )
