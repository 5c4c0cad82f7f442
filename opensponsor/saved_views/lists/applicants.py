"""The list of applicants (NAV-002): everybody who may travel, each with the household they are in."""

from django.utils.translation import gettext_lazy as _

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseStatus
from opensponsor.identity.permissions import Permission
from opensponsor.people.models import Household, Person
from opensponsor.people.states import Route, Sex
from opensponsor.saved_views.columns import Column, Shape
from opensponsor.saved_views.definitions import ListDefinition, NameSearch
from opensponsor.saved_views.filters import Choice, Council, UnderAge, YesNo
from opensponsor.visas import queries
from opensponsor.visas.models import Application
from opensponsor.visas.states import VisaStatus

APPLICANTS = ListDefinition(
    key="applicants",
    label=_("Applicants"),
    permission=Permission.HOUSEHOLD_READ,
    scope=queries.applicants,
    rows=queries.applicant_rows,
    row_id="person_id",
    search=NameSearch(
        source=(Person, "search_name"),
        name="search_name",
        sound="search_sound",
        reference="case__reference",
    ),
    columns=(
        Column(key="title", label=_("Name"), source=(Person, "family_name"), sort="search_name"),
        Column(key="reference", label=_("Household"), source=(Case, "reference"), sort="case__reference"),
        Column(key="birth_date", label=_("Born"), source=(Person, "birth_date"), shape=Shape.DATE),
        Column(key="age", label=_("Age"), source=(Person, "birth_date"), shape=Shape.NUMBER),
        Column(key="sex", label=_("Sex"), source=(Person, "sex"), choices=Sex, is_default=False),
        Column(key="route", label=_("Route"), source=(Household, "route"), choices=Route),
        Column(
            key="visa_status",
            label=_("Visa"),
            source=(Application, "visa_status"),
            shape=Shape.STATUS,
            choices=VisaStatus,
        ),
        Column(key="arrived_on", label=_("Arrived"), source=(Household, "arrived_on"), shape=Shape.DATE),
        Column(key="owner_name", label=_("Council"), source=(Person, "owner"), is_wide=True),
        Column(
            key="status",
            label=_("Record"),
            source=(Case, "status"),
            shape=Shape.STATUS,
            choices=CaseStatus,
            is_default=False,
        ),
    ),
    filters=(
        Choice(
            key="status",
            label=_("Record"),
            path="case__status",
            source=(Case, "status"),
            default=CaseStatus.OPEN.value,
        ),
        Choice(key="visa", label=_("Visa"), path="newest_status", source=(Application, "visa_status")),
        Choice(key="route", label=_("Route"), path="case__household__route", source=(Household, "route")),
        YesNo(
            key="arrived",
            label=_("Has arrived"),
            path="case__household__arrived_on__isnull",
            source=(Household, "arrived_on"),
        ),
        UnderAge(key="under_18", label=_("Under 18"), path="birth_date", source=(Person, "birth_date")),
        YesNo(
            key="inactive",
            label=_("Inactive"),
            path="inactive_since__isnull",
            source=(Person, "inactive_since"),
            default="no",
        ),
        Council(key="owner", label=_("Council"), path="owner", source=(Person, "owner")),
    ),
    default_sort="title",
    empty=_("No applicant fits."),
)
