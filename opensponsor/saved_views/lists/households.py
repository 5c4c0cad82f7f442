"""The list of households (NAV-003)."""

from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from opensponsor.checks.models import ChecksSummary
from opensponsor.checks.states import ChecksStatus
from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission
from opensponsor.people.models import Household, HouseholdMember
from opensponsor.people.states import Route, Way
from opensponsor.saved_views.columns import Column, Shape
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.filters import Choice, Day, YesNo
from opensponsor.saved_views.lists import common
from opensponsor.saved_views.models import HouseholdLine
from opensponsor.visas.households import household_rows


def household_lines(actor: Actor) -> QuerySet[HouseholdLine]:
    """The households that the actor may see, with what the list filters and sorts them by."""
    may = actor.may(Permission.HOUSEHOLD_READ)
    lines: QuerySet[HouseholdLine] = HouseholdLine.objects.visible_to(actor) if may else HouseholdLine.objects.none()
    return lines


HOUSEHOLDS = ListDefinition(
    key="households",
    label=_("Households"),
    permission=Permission.HOUSEHOLD_READ,
    scope=household_lines,
    rows=household_rows,
    columns=(
        common.reference(_("Household")),
        common.title(_("Lead applicant")),
        Column(key="people", label=_("People"), source=(HouseholdMember, "person"), shape=Shape.NUMBER),
        # One column, so that a row stays a line: the code of a Welsh journey says the route too (JS-001, JS-014).
        Column(key="way", label=_("Route or journey"), source=(Household, "route"), choices=Way),
        Column(key="route", label=_("Route"), source=(Household, "route"), choices=Route, is_default=False),
        common.owner(_("Council")),
        # The list opens with those that are open, and the tag of the checks is wide.
        replace(common.STATUS, is_default=False),
        Column(
            key="checks",
            label=_("Checks"),
            source=(ChecksSummary, "status"),
            shape=Shape.STATUS,
            choices=ChecksStatus,
        ),
        Column(
            key="expected_on",
            label=_("Expected"),
            source=(Household, "expected_on"),
            shape=Shape.DATE,
            sort="expected_on",
            may_be_missing=True,
        ),
        Column(
            key="arrived_on",
            label=_("Arrived"),
            source=(Household, "arrived_on"),
            shape=Shape.DATE,
            sort="arrived_on",
            may_be_missing=True,
        ),
        Column(
            key="is_complex",
            label=_("Complex case"),
            source=(Household, "is_complex"),
            shape=Shape.YES_NO,
            is_default=False,
        ),
        common.ASSIGNEE,
        common.OPENED,
    ),
    filters=(
        common.BY_STATUS,
        Choice(key="route", label=_("Route"), path="route", source=(Household, "route")),
        Choice(key="checks", label=_("Checks"), path="checks", source=(ChecksSummary, "status")),
        common.BY_ASSIGNEE,
        common.by_owner(_("Council")),
        YesNo(
            key="arrived",
            label=_("Has arrived"),
            path="arrived_on__isnull",
            source=(Household, "arrived_on"),
        ),
        YesNo(key="complex", label=_("Complex case"), path="is_complex", source=(Household, "is_complex")),
        Day(
            key="expected_from",
            label=_("Expected from"),
            path="expected_on__gte",
            source=(Household, "expected_on"),
        ),
        Day(
            key="expected_to",
            label=_("Expected up to"),
            path="expected_on__lte",
            source=(Household, "expected_on"),
        ),
    ),
    default_sort="title",
    empty=_("No household fits."),
)
