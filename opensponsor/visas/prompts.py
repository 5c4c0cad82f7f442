"""Who is expected and who should have arrived, as far as their visas let them come; derived on each look (CMS-012)."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseStatus
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import shown
from opensponsor.core.prompts import Prompt
from opensponsor.identity.permissions import Permission
from opensponsor.identity.states import OrganisationKind
from opensponsor.people import queries
from opensponsor.people.models import HouseholdMember
from opensponsor.visas.models import Application
from opensponsor.visas.states import OVER

# Our choice: a week is what it takes to get ready for somebody.
AHEAD_DAYS = 7
_MOST = 50


def prompts(actor: Actor, today: dt.date) -> list[Prompt]:
    """Households of the actor, or of nobody, that are expected within the week or should have arrived.

    Nobody is awaited whose every application came to an end, nor in a household whose people have all died (ORG-035).
    """
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
    cases = cases.filter(somebody_comes(actor))
    living = HouseholdMember.objects.visible_to(actor).filter(case=OuterRef("pk"), person__inactive_since=None)
    cases = cases.filter(Exists(living.filter(ends_on=None)))
    expected = cases.select_related("household").order_by("household__expected_on", "pk")[:_MOST]
    return [_prompt(actor, case, case.household.expected_on or today, today) for case in expected]


def somebody_comes(actor: Actor) -> Q:
    """The condition on cases of households that somebody came or may still come.

    Nobody does once every application came to an end; a household that was entered by hand has none.
    """
    may_come = ~Exists(_applications(actor)) | Exists(_applications(actor).exclude(visa_status__in=OVER))
    return Q(household__arrived_on__isnull=False) | may_come


def _applications(actor: Actor) -> QuerySet[Application]:
    found: QuerySet[Application] = Application.objects.visible_to(actor).filter(case=OuterRef("pk"))
    return found


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
