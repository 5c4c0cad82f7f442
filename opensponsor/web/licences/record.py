"""What the record of a sponsor licence shows."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.cases.states import CaseKind
from opensponsor.identity.permissions import Permission
from opensponsor.licensing import permissions, queries
from opensponsor.licensing.states import Rating
from opensponsor.web.casework.next_actions import case_actions
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Fact, Risk, SummaryRow
from opensponsor.web.records.addresses import url_of
from opensponsor.web.records.kinds import Kind, NextAction, NextStep, Opened

FIELDS = ("sponsor_name", "trading_name", "rating", "granted_on", "contact_email", "contact_phone")


def facts(opened: Opened) -> list[Fact]:
    """How far the Home Office trusts the sponsor, and since when it holds the licence."""
    record = opened.record
    rating = cells.status_tag(record.rating, Rating(record.rating).label)
    return [Fact(_("Rating"), rating), Fact(_("Granted"), record.granted_on)]


def risks(opened: Opened) -> list[Risk]:
    """None yet."""
    return []


def rows(opened: Opened) -> list[SummaryRow]:
    """The facts of a licence. The sponsor changes how it is reached, the Home Office everything."""
    record = opened.record
    values = {
        "sponsor_name": (_("Name of the sponsor"), record.sponsor_name),
        "trading_name": (_("Trading name"), record.trading_name),
        "rating": (_("Rating"), Rating(record.rating).label),
        "granted_on": (_("Granted on"), record.granted_on),
        "contact_email": (_("Email"), record.contact_email),
        "contact_phone": (_("Phone"), record.contact_phone),
    }
    mine = changeable(opened)
    url = url_of("licences:change", record.case_id) if mine else ""
    return [SummaryRow(label, value, url if name in mine else "") for name, (label, value) in values.items()]


def actions(opened: Opened) -> list[NextAction]:
    """The work on the case, and changing what is the reader's to change."""
    own = []
    if changeable(opened):
        url = url_of("licences:change", opened.record.case_id)
        own = [NextAction(_("Change the details"), url, _("Corrects what is recorded about the licence."))]
    offers = case_actions(opened)
    return [*offers[:1], *own, *offers[1:]]


def next_step(opened: Opened) -> NextStep | None:
    """An action plan, while the rating is B."""
    if opened.is_open and opened.record.rating == Rating.B:
        return NextStep(_("complete the action plan to get back to an A rating"))
    return None


def row_names(opened: Opened) -> Mapping[str, str]:
    """The record has one row of its own, which needs no name."""
    return {}


def changeable(opened: Opened) -> frozenset[str]:
    """The fields of this licence that the reader may change now."""
    if not (opened.is_open and opened.is_ours):
        return frozenset()
    return permissions.changeable_fields(opened.actor, frozenset(FIELDS))


LICENCE = Kind(
    code=CaseKind.LICENCE,
    label=gettext_lazy("Sponsor licence"),
    plural=gettext_lazy("Licences"),
    list_url_name="licences:list",
    permission=Permission.LICENCE_READ,
    load=queries.get_licence,
    facts=facts,
    risks=risks,
    rows=rows,
    next_step=next_step,
    actions=actions,
    row_names=row_names,
)
