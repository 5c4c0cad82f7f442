"""The applications of a household, and those that name a sponsor, as sections of their records."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.people.states import Route
from opensponsor.visas import queries
from opensponsor.visas.queries import ApplicationRow
from opensponsor.visas.states import VisaStatus
from opensponsor.web.applications.freshness import last_refreshed
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, Table, TableRow
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.kinds import Kind, Opened


def of_household(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """The applications of the household, each with how far it is."""
    found = queries.applications_of_case(opened.actor, opened.record.case_id)
    columns = (_("Application"), _("Applicant"), _("Visa"), _("Latest event"), _("Decided"))
    rows = [
        TableRow((_link(one), one.title, _status(one), cells.short_day(one.event_on), cells.short_day(one.decided_on)))
        for one in found
    ]
    empty = _("No visa application belongs to this household. It was entered by hand.")
    return {"applications": _table(columns, rows, empty), "refreshed": last_refreshed()}


def of_sponsor(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """The applications that name the sponsor (SPO-005), with the household of each."""
    found = queries.applications_naming(opened.actor, opened.record.id)
    columns = (_("Application"), _("Applicant"), _("Route"), _("Visa"), _("Household"))
    rows = [TableRow((_link(one), one.title, Route(one.route).label, _status(one), _household(one))) for one in found]
    return {
        "applications": _table(columns, rows, _("No visa application names this sponsor.")),
        "refreshed": last_refreshed(),
    }


def _table(columns: tuple[str, ...], rows: list[TableRow], empty: str) -> Table:
    return Table(_("Applications"), tuple(map(Column, columns)), rows, empty, element_id="applications")


def _link(one: ApplicationRow) -> Any:
    return cells.link(reverse("applications:record", args=[one.application_id]), one.reference)


def _status(one: ApplicationRow) -> Any:
    return cells.status_tag(one.visa_status, VisaStatus(one.visa_status).label)


def _household(one: ApplicationRow) -> Any:
    return cells.link(record_url("HOUSEHOLD", one.case_id), one.household_reference) if one.case_id else ""
