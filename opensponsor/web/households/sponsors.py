"""Who sponsors a household and where, as a section of its record."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensponsor.hosts import queries
from opensponsor.hosts.queries import SponsorshipRecord
from opensponsor.hosts.states import PropertyStatus
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, Table, TableRow
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.kinds import Kind, Opened
from opensponsor.web.records.rows import spaced


def of_household(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """The sponsors of today, then the earlier ones."""
    found = queries.sponsorships_of(opened.actor, opened.record.case_id)
    columns = (_("Sponsor"), _("Address"), _("Property"), _("From"), _("Until"))
    rows = [
        TableRow((_sponsor(one), _place(one), _status(one), cells.short_day(one.starts_on), _until(one)))
        for one in found
    ]
    empty = _("No sponsor or host is linked to this household.")
    return {"sponsors": Table(_("Sponsor and address"), tuple(map(Column, columns)), rows, empty)}


def _sponsor(one: SponsorshipRecord) -> Any:
    if one.sponsor_case_id is None:
        return _("Recorded with another council")
    return cells.link(record_url("SPONSOR", one.sponsor_case_id), one.sponsor_name or _("Open the record"))


def _place(one: SponsorshipRecord) -> Any:
    postcode = spaced(one.postcode)
    return cells.lines(one.address, "" if str(postcode) in str(one.address) else postcode)


def _status(one: SponsorshipRecord) -> Any:
    return cells.status_tag(one.status, PropertyStatus(one.status).label) if one.status else ""


def _until(one: SponsorshipRecord) -> str:
    return cells.short_day(one.ends_on) or _("Ongoing")
