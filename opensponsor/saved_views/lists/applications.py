"""The list of visa applications (NAV-011): decided or not, as the feed tells them."""

from django.utils.translation import gettext_lazy as _

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseKind
from opensponsor.identity.permissions import Permission
from opensponsor.people.models import Person
from opensponsor.people.states import Route
from opensponsor.saved_views.columns import Column, Shape
from opensponsor.saved_views.definitions import ListDefinition, NameSearch
from opensponsor.saved_views.filters import Choice, Council, YesNo
from opensponsor.visas import queries
from opensponsor.visas.models import Application
from opensponsor.visas.states import VisaStatus

APPLICATIONS = ListDefinition(
    key="applications",
    label=_("Applications"),
    permission=Permission.HOUSEHOLD_READ,
    scope=queries.applications,
    rows=queries.application_rows,
    row_id="application_id",
    search=NameSearch(
        source=(Person, "search_name"),
        name="person__search_name",
        sound="person__search_sound",
        reference="uan",
    ),
    columns=(
        Column(key="reference", label=_("Application"), source=(Application, "uan"), sort="uan"),
        Column(key="title", label=_("Applicant"), source=(Application, "family_name")),
        Column(key="route", label=_("Route"), source=(Application, "route"), choices=Route),
        Column(
            key="visa_status",
            label=_("Visa"),
            source=(Application, "visa_status"),
            shape=Shape.STATUS,
            choices=VisaStatus,
        ),
        Column(
            key="household_reference",
            label=_("Household"),
            source=(Case, "reference"),
            leads_to=(CaseKind.HOUSEHOLD, "case_id"),
        ),
        Column(
            key="sponsor_name",
            label=_("Sponsor"),
            source=(Case, "title"),
            permission=Permission.SPONSOR_READ,
            leads_to=(CaseKind.SPONSOR, "sponsor_case_id"),
        ),
        Column(key="owner_name", label=_("Council"), source=(Application, "owner"), is_wide=True),
        Column(
            key="event_on",
            label=_("Latest event"),
            source=(Application, "event_at"),
            shape=Shape.DATE,
            sort="event_at",
            may_be_missing=True,
            is_moment=True,
        ),
        Column(key="decided_on", label=_("Decided"), source=(Application, "decided_at"), shape=Shape.DATE),
    ),
    filters=(
        Choice(key="visa", label=_("Visa"), path="visa_status", source=(Application, "visa_status")),
        Choice(key="route", label=_("Route"), path="route", source=(Application, "route")),
        Council(key="owner", label=_("Council"), path="owner", source=(Application, "owner")),
        YesNo(key="household", label=_("Has a household"), path="case__isnull", source=(Application, "case")),
    ),
    default_sort="reference",
    empty=_("No application fits."),
)
