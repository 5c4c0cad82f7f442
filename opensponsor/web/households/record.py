"""What the record of a household shows."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.cases.states import CaseKind
from opensponsor.core.hiding import HIDDEN
from opensponsor.identity.permissions import Permission
from opensponsor.people.queries import FoundPerson, MemberRecord
from opensponsor.people.states import CorrespondenceLanguage, JourneyStatus, Route, Sex
from opensponsor.visas.households import get_household
from opensponsor.web.applications import sections as applications
from opensponsor.web.checks.section import HOUSEHOLD_CHECKS
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Action, Fact, Risk, SummaryRow
from opensponsor.web.households import sponsors
from opensponsor.web.households.next_actions import actions, next_step
from opensponsor.web.records.addresses import url_of
from opensponsor.web.records.fed import beside_feed, legend, marked
from opensponsor.web.records.kinds import Kind, Opened, Section
from opensponsor.web.records.rows import label_of, visible


def facts(opened: Opened) -> list[Fact]:
    """The route, in Wales the status of the journey, and the date that matters now."""
    record = opened.record
    arrival = Fact(_("Arrived"), record.arrived_on) if record.arrived_on else Fact(_("Expected"), record.expected_on)
    # The code of the status says the route too.
    way = (
        Fact(_("Journey"), JourneyStatus(record.journey).label)
        if record.journey
        else Fact(_("Route"), f"{record.route} {Route(record.route).label}")
    )
    return [way, arrival]


def risks(opened: Opened) -> list[Risk]:
    """A complex case announces itself on every section (APP-016, NOTE-011)."""
    if not opened.record.is_complex:
        return []
    return [Risk(_("Complex case"), _("Read the notes and speak to the contact they name before you get in touch."))]


def rows(opened: Opened) -> list[SummaryRow]:
    """The facts of a household, each with a link to change it where the reader may."""
    record = opened.record
    url = _change_url(opened)
    lead = next((member for member in record.members if member.is_lead), None)
    return [
        SummaryRow(_("Lead applicant"), name_of(lead) if lead else ""),
        SummaryRow(_("People"), str(len(record.members))),
        SummaryRow(_("Route"), Route(record.route).label, url),
        *_journey(record.journey),
        SummaryRow(_("Expected arrival"), record.expected_on, url),
        SummaryRow(_("Arrived"), record.arrived_on, url),
        SummaryRow(_("Language of letters"), label_of(CorrespondenceLanguage, record.correspondence_language), url),
        SummaryRow(_("Complex case"), record.is_complex, url),
    ]


def _journey(status: str) -> list[SummaryRow]:
    """The status that the feed gives; it is read here and changed nowhere."""
    if not status:
        return []
    return [SummaryRow(cells.locked(_("Journey status")), cells.status_tag(status, JourneyStatus(status).label))]


def people(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """Everybody in the household."""
    may_write = _may_write(opened)
    case_id = opened.record.case_id
    add = Action(_("Add a person"), url_of("households:person_add", case_id))
    return {
        "people": [
            (_heading(member), visible(_person_rows(opened, member)), _died_url(opened, member))
            for member in opened.record.members
        ],
        "legend": legend(opened.record.members),
        "add": [add] if may_write else [],
    }


def name_of(member: MemberRecord | FoundPerson) -> str:
    """A person's name, or a word in its place for those who do not see names."""
    return f"{member.given_names} {member.family_name}".strip() or _("Name not shown")


def row_names(opened: Opened) -> Mapping[str, str]:
    """Whom a changed row of a person is about."""
    return {str(member.person_id): name_of(member) for member in opened.record.members if member.family_name}


def _heading(member: MemberRecord) -> str:
    name = name_of(member)
    return _("%(name)s (lead applicant)") % {"name": name} if member.is_lead else name


def _died_url(opened: Opened, member: MemberRecord) -> str:
    """Where the national team is asked to take somebody who has died out of the active records (ORG-035)."""
    if member.inactive_since or not (opened.is_open and opened.may(Permission.REQUEST_RAISE)):
        return ""
    return reverse("casework:person_died", args=[opened.record.case_id, member.person_id])


def _person_rows(opened: Opened, member: MemberRecord) -> list[SummaryRow]:
    args = [opened.record.case_id, member.person_id]
    url = reverse("households:person_change", args=args) if _may_write(opened) and not member.inactive_since else ""
    what = name_of(member)
    sex = member.sex if member.sex in {"", HIDDEN} else Sex(member.sex).label
    labelled = (
        (_("Name"), what, ("given_names", "family_name")),
        (_("Date of birth"), member.birth_date, ("birth_date",)),
        (_("Phone"), member.phone, ("phone",)),
        (_("Email"), member.email, ("email",)),
        (_("Passport number"), member.passport_number, ("passport_number",)),
        (_("NHS number"), member.nhs_number, ()),
    )
    rows = [
        SummaryRow(marked(label, member, names), beside_feed(value, member, names), url, f"{label}: {what}")
        for label, value, names in labelled
    ]
    more = SummaryRow(marked(_("Sex"), member, ("sex",)), sex)
    since = [SummaryRow(_("In the household since"), member.joined_on)]
    if member.inactive_since:
        since.append(SummaryRow(_("Inactive since"), member.inactive_since))
    return [*rows[:2], more, *rows[2:], *since]


def _change_url(opened: Opened) -> str:
    return url_of("households:change", opened.record.case_id) if _may_write(opened) else ""


def _may_write(opened: Opened) -> bool:
    return opened.is_open and opened.may(Permission.HOUSEHOLD_WRITE)


HOUSEHOLD = Kind(
    code=CaseKind.HOUSEHOLD,
    label=gettext_lazy("Household"),
    plural=gettext_lazy("Households"),
    list_url_name="households:list",
    permission=Permission.HOUSEHOLD_READ,
    load=get_household,
    facts=facts,
    risks=risks,
    rows=rows,
    next_step=next_step,
    actions=actions,
    row_names=row_names,
    sections=(
        Section("people", gettext_lazy("People"), "records/people.html", people),
        Section("applications", gettext_lazy("Applications"), "records/applications.html", applications.of_household),
        Section(
            "sponsors",
            gettext_lazy("Sponsor and address"),
            "records/sponsors.html",
            sponsors.of_household,
            Permission.SPONSOR_READ,
        ),
        HOUSEHOLD_CHECKS,
    ),
)
