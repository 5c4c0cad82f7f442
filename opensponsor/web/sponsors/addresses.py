"""The places that a sponsor or host offers, as a section of their record (SPO-004)."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.hosts import queries
from opensponsor.hosts.queries import AddressRecord
from opensponsor.hosts.states import PropertyStatus, StepFree
from opensponsor.identity.permissions import Permission
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import SummaryRow
from opensponsor.web.records.kinds import Kind, Opened
from opensponsor.web.records.rows import label_of, spaced, visible


def content(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """Each place with its property: status, rooms, pets, steps, from when."""
    found = queries.addresses_of(opened.actor, opened.record.case_id)
    may_ask = opened.is_open and opened.may(Permission.REQUEST_RAISE)
    return {
        "addresses": [(_heading(one), visible(_rows(one)), _asking(opened, one) if may_ask else "") for one in found]
    }


def _heading(one: AddressRecord) -> str:
    return ", ".join(filter(None, (str(one.address), str(one.annotation)))) or _("Address not shown")


def _asking(opened: Opened, one: AddressRecord) -> str:
    """Where the national team is asked to remove the address (ORG-035)."""
    return reverse("casework:address_remove", args=[opened.record.case_id, one.address_id])


def _rows(one: AddressRecord) -> list[SummaryRow]:
    return [
        SummaryRow(_("Property"), cells.status_tag(one.status, PropertyStatus(one.status).label)),
        SummaryRow(_("Postcode"), spaced(one.postcode)),
        SummaryRow(_("The sponsor lives here"), one.is_sponsors_home),
        SummaryRow(_("Single rooms"), one.single_rooms),
        SummaryRow(_("Double rooms"), one.double_rooms),
        SummaryRow(_("Pets"), one.allows_pets),
        SummaryRow(_("Without steps"), label_of(StepFree, one.step_free)),
        SummaryRow(_("Available from"), one.available_from),
    ]
