"""What the queues of access requests show alike, for champions and administrators."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.identity.models import AccessRequest
from opensponsor.identity.states import AccessRequestStatus
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, SummaryRow, Table, TableRow


def requests_table(
    found: Iterable[AccessRequest], url_name: str, caption: Any, empty: Any, *, element_id: str
) -> Table:
    """Requests with who asks, for what, and how it stands."""
    labels = (_("Name"), _("Organisation"), _("Asked"), _("As a champion"), _("Status"))
    rows = [
        TableRow(
            (
                cells.link(reverse(url_name, args=[one.pk]), one.full_name),
                one.organisation.name,
                cells.moment(one.created_at),
                _("Yes") if one.wants_champion else _("No"),
                cells.status_tag(one.status, AccessRequestStatus(one.status).label),
            )
        )
        for one in found
    ]
    return Table(caption, tuple(Column(label) for label in labels), rows, empty, element_id=element_id)


def request_rows(one: AccessRequest) -> list[SummaryRow]:
    """Everything about a request that its decision needs."""
    rows = [
        SummaryRow(_("Name"), one.full_name),
        SummaryRow(_("Work email address"), one.email),
        SummaryRow(_("Organisation"), one.organisation.name),
        SummaryRow(_("Needs access for"), one.operational_need),
        SummaryRow(_("As a data champion"), bool(one.wants_champion)),
        SummaryRow(_("Asked"), one.created_at),
        SummaryRow(_("Status"), cells.status_tag(one.status, AccessRequestStatus(one.status).label)),
    ]
    if one.vouched_by:
        rows += [
            SummaryRow(_("Vouched for by"), one.vouched_by.full_name),
            SummaryRow(_("Trained on"), one.training_confirmed_on),
        ]
    if one.decided_by:
        rows.append(SummaryRow(_("Decided by"), one.decided_by.full_name))
    if one.refusal_reason:
        rows.append(SummaryRow(_("Reason for refusing"), one.refusal_reason))
    if one.notified_at:
        rows.append(SummaryRow(_("Told that the account is ready"), one.notified_at))
    return rows


def after_of(text: str) -> UUID | None:
    """The id that a page of a list starts after; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
