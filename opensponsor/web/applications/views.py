"""The page of a visa application: what the feed says, where it leads, and where each field comes from."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.audit.queries import RECORD_OPENED
from opensponsor.core.actor import Actor
from opensponsor.feeds import queries as feeds
from opensponsor.feeds.queries import Source
from opensponsor.feeds.states import Feed
from opensponsor.identity.permissions import Permission
from opensponsor.people.states import Route
from opensponsor.visas import queries, waiting
from opensponsor.visas.queries import ApplicationRecord
from opensponsor.visas.states import VisaStatus
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.applications.freshness import last_refreshed
from opensponsor.web.applications.origins import table_of
from opensponsor.web.components import cells
from opensponsor.web.components.markup import joined
from opensponsor.web.components.shapes import Action, Fact, SummaryRow
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.rows import spaced, visible


@requires(Permission.HOUSEHOLD_READ)
def record(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Everything that the feed says about an application; nothing of it is changed here (FEED-004)."""
    actor = request.actor
    application = queries.get_application(actor, application_id)
    audit.record_access(
        RECORD_OPENED,
        actor=actor,
        case_id=application.case_id,
        owner_id=application.owner_id,
        table="visas_application",
        row=application.id,
        section="application",
    )
    source = feeds.source_of(actor, Feed.APPLICATIONS, application.uan)
    context = {
        "title": _("Application %(number)s") % {"number": application.uan},
        "facts": _facts(application),
        "actions": _actions(actor, application),
        "links": visible(_links(application)),
        "rows": [_locked(row) for row in visible(_rows(application))],
        "refreshed": last_refreshed(),
        "origin": _origin(actor, source) if source else "",
        "origins": table_of(actor, source.raw, has_applicant=application.has_applicant) if source else None,
    }
    return render(request, "applications/application.html", context)


def _facts(application: ApplicationRecord) -> list[Fact]:
    status = cells.status_tag(application.visa_status, VisaStatus(application.visa_status).label)
    return [
        Fact(_("Visa"), status),
        Fact(_("Route"), f"{application.route} {Route(application.route).label}"),
        Fact(_("Council"), application.owner_name),
        Fact(_("Latest event"), application.event_at),
    ]


def _actions(actor: Actor, application: ApplicationRecord) -> list[Action]:
    """Who places what the feed could not may also put right a council that was chosen by mistake."""
    if not actor.may(Permission.FEED_LOAD) or not waiting.may_be_given_on(actor, application.id):
        return []
    return [Action(_("Give to another council"), reverse("unassigned:give_on", args=[application.id]))]


def _links(application: ApplicationRecord) -> list[SummaryRow]:
    """The records that the application led to, each a link."""
    household, sponsor, address = _("None yet"), _("None"), application.address
    if application.case_id:
        url = record_url("HOUSEHOLD", application.case_id)
        household = cells.link(url, application.household_reference)
    if application.sponsor_case_id:
        sponsor = cells.link(
            record_url("SPONSOR", application.sponsor_case_id), application.sponsor_name or _("Open the record")
        )
        if address:
            address = cells.link(record_url("SPONSOR", application.sponsor_case_id, "addresses"), address)
    return [
        SummaryRow(_("Household"), household),
        SummaryRow(_("Sponsor"), sponsor),
        SummaryRow(_("Address"), address),
    ]


def _rows(application: ApplicationRecord) -> list[SummaryRow]:
    one = application
    return [
        SummaryRow(_("Application number"), one.uan),
        SummaryRow(_("GWF number"), one.gwf),
        SummaryRow(_("Submitted together as"), one.submission),
        SummaryRow(_("Given names"), one.given_names),
        SummaryRow(_("Family name"), one.family_name),
        SummaryRow(_("Date of birth"), one.birth_date),
        SummaryRow(_("Visa status"), VisaStatus(one.visa_status).label),
        SummaryRow(_("Decided"), one.decided_at),
        SummaryRow(_("Expected in the United Kingdom"), one.arrives_on),
        SummaryRow(_("Arrived"), one.arrived_at),
        SummaryRow(_("Proposed address"), one.proposed_address),
        SummaryRow(_("Postcode of the proposed address"), spaced(one.proposed_postcode)),
        SummaryRow(_("Lower-tier council"), one.lower_authority_name),
        SummaryRow(_("Upper-tier council"), one.upper_authority_name),
        SummaryRow(_("Council that the feed names"), one.fed_owner_name),
        SummaryRow(_("Latest event"), one.event_at),
        SummaryRow(_("File made"), one.ingested_at),
    ]


def _locked(row: SummaryRow) -> SummaryRow:
    return SummaryRow(cells.locked(row.key), row.value)


def _origin(actor: Actor, source: Source) -> Any:
    """Which line of which file, with a link to it for who brings files."""
    words = _("Line %(line)s of the file loaded") % {"line": source.line}
    stamped = joined((words, " ", cells.moment(source.loaded_at), "."))
    if not actor.may(Permission.FEED_LOAD):
        return stamped
    return joined((stamped, " ", cells.link(reverse("feeds:load", args=[source.load_id]), _("Open the file"))))
