"""What the record of a sponsor or host shows."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.cases.states import CaseKind
from opensponsor.hosts import queries
from opensponsor.hosts.states import HostStatus, Source, SponsorType
from opensponsor.identity.permissions import Permission
from opensponsor.web.applications import sections as applications
from opensponsor.web.casework.next_actions import case_actions
from opensponsor.web.checks.section import SPONSOR_CHECKS
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Fact, Risk, SummaryRow
from opensponsor.web.records.addresses import url_of
from opensponsor.web.records.fed import beside_feed, legend, marked
from opensponsor.web.records.kinds import Kind, NextAction, NextStep, Opened, Section
from opensponsor.web.records.rows import spaced
from opensponsor.web.sponsors import addresses


def facts(opened: Opened) -> list[Fact]:
    """Whether somebody sponsored by name or offered a home."""
    return [Fact(_("Type"), SponsorType(opened.record.type).label)]


def risks(opened: Opened) -> list[Risk]:
    """None yet."""
    return []


def rows(opened: Opened) -> list[SummaryRow]:
    """The facts of a sponsor or host, each with a link to change it where the reader may."""
    record = opened.record
    url = _change_url(opened)
    labelled = (
        (_("Given names"), record.given_names, ("given_names",)),
        (_("Family name"), record.family_name, ("family_name",)),
        (_("Date of birth"), record.birth_date, ()),
        (_("Phone"), record.phone, ("phone",)),
        (_("Email"), record.email, ("email",)),
        (_("Home address"), record.home_address, ("home_address",)),
        (_("Postcode"), spaced(record.home_postcode), ("home_postcode",)),
    )
    status = cells.status_tag(record.host_status, HostStatus(record.host_status).label)
    return [
        SummaryRow(_("Type"), SponsorType(record.type).label, url),
        SummaryRow(_("Status as a host"), status),
        *(
            SummaryRow(marked(label, record, names), beside_feed(value, record, names), url, label)
            for label, value, names in labelled
        ),
        SummaryRow(_("Came from"), cells.lines(Source(record.source).label, legend([record]))),
    ]


def actions(opened: Opened) -> list[NextAction]:
    """The work on the case, and changing the details."""
    url = _change_url(opened)
    what = _("Corrects the name, the type and how to reach them.")
    own = [NextAction(_("Change the details"), url, what)] if url else []
    offers = case_actions(opened)
    return [*offers[:1], *own, *offers[1:]]


def next_step(opened: Opened) -> NextStep | None:
    """A caseworker, as long as there is none."""
    if not opened.is_open or opened.record.assignee_id is not None or not opened.is_ours:
        return None
    assigns = opened.may(Permission.CASE_ASSIGN)
    return NextStep(_("choose a caseworker"), url_of("casework:assign", opened.record.case_id) if assigns else "")


def row_names(opened: Opened) -> Mapping[str, str]:
    """The record has one row of its own, which needs no name."""
    return {}


def _change_url(opened: Opened) -> str:
    may_write = opened.is_open and opened.may(Permission.SPONSOR_WRITE)
    return url_of("sponsors:change", opened.record.case_id) if may_write else ""


SPONSOR = Kind(
    code=CaseKind.SPONSOR,
    label=gettext_lazy("Sponsor or host"),
    plural=gettext_lazy("Sponsors and hosts"),
    list_url_name="sponsors:list",
    permission=Permission.SPONSOR_READ,
    load=queries.get_sponsor,
    facts=facts,
    risks=risks,
    rows=rows,
    next_step=next_step,
    actions=actions,
    row_names=row_names,
    sections=(
        Section("addresses", gettext_lazy("Addresses"), "records/host_addresses.html", addresses.content),
        Section(
            "applicants",
            gettext_lazy("Applicants"),
            "records/applications.html",
            applications.of_sponsor,
            Permission.HOUSEHOLD_READ,
        ),
        SPONSOR_CHECKS,
    ),
)
