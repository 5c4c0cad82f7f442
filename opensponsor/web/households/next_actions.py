"""Which buttons this reader gets on a household, and what it waits for."""

from django.utils.translation import gettext as _

from opensponsor.identity.permissions import Permission
from opensponsor.web.casework.next_actions import case_actions
from opensponsor.web.records.addresses import url_of
from opensponsor.web.records.kinds import NextAction, NextStep, Opened


def actions(opened: Opened) -> list[NextAction]:
    """The arrival first while it is awaited, then the checks, then the work on the case."""
    offers = case_actions(opened)
    if not (opened.is_open and opened.may(Permission.HOUSEHOLD_WRITE)):
        return offers
    case_id = opened.record.case_id
    arrive = NextAction(
        _("Record the arrival"),
        url_of("households:arrive", case_id),
        _("Records the day on which the household arrived."),
    )
    checks = NextAction(
        _("Record checks"),
        url_of("households:record_checks", case_id),
        _("Records all open checks of the household on one page."),
    )
    change = NextAction(
        _("Change the details"),
        url_of("households:change", case_id),
        _("Corrects the route, the dates, the language of letters and the warning."),
    )
    person = NextAction(
        _("Add a person"),
        url_of("households:person_add", case_id),
        _("Adds somebody who travels or lives with the household."),
    )
    first = [arrive] if opened.record.arrived_on is None else []
    return [*first, checks, *offers[:1], change, person, *offers[1:]]


def next_step(opened: Opened) -> NextStep | None:
    """What the household waits for, the first that fits."""
    record = opened.record
    if not opened.is_open:
        return None
    case_id = record.case_id
    writes = opened.may(Permission.HOUSEHOLD_WRITE)
    if record.assignee_id is None and opened.is_ours:
        assigns = opened.may(Permission.CASE_ASSIGN)
        return NextStep(_("choose a caseworker"), url_of("casework:assign", case_id) if assigns else "")
    if record.arrived_on is not None or record.is_over:
        return None
    if record.expected_on is None:
        return NextStep(_("record when they are expected"), url_of("households:change", case_id) if writes else "")
    arrive_url = url_of("households:arrive", case_id) if writes else ""
    if record.expected_on < opened.today:
        return NextStep(_("find out whether they have arrived: they were expected before today"), arrive_url)
    return NextStep(_("get ready for the arrival, then record it"), arrive_url)
