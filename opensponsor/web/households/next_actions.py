"""Which buttons this reader gets on a household, and what it waits for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.identity.permissions import Permission
from opensponsor.web.casework.next_actions import case_actions
from opensponsor.web.records.kinds import NextAction, NextStep, Opened


def actions(opened: Opened) -> list[NextAction]:
    """The arrival first while it is awaited, then the checks, then the work on the case."""
    offers = case_actions(opened)
    if not (opened.is_open and opened.may(Permission.HOUSEHOLD_WRITE)):
        return offers
    args = [opened.record.case_id]
    arrive = NextAction(
        _("Record the arrival"),
        reverse("households:arrive", args=args),
        _("Records the day on which the household arrived."),
    )
    checks = NextAction(
        _("Record checks"),
        reverse("households:record_checks", args=args),
        _("Records all open checks of the household on one page."),
    )
    change = NextAction(
        _("Change the details"),
        reverse("households:change", args=args),
        _("Corrects the route, the dates, the language of letters and the warning."),
    )
    person = NextAction(
        _("Add a person"),
        reverse("households:person_add", args=args),
        _("Adds somebody who travels or lives with the household."),
    )
    first = [arrive] if opened.record.arrived_on is None else []
    return [*first, checks, *offers[:1], change, person, *offers[1:]]


def next_step(opened: Opened) -> NextStep | None:
    """What the household waits for, the first that fits."""
    record = opened.record
    if not opened.is_open:
        return None
    args = [record.case_id]
    writes = opened.may(Permission.HOUSEHOLD_WRITE)
    if record.assignee_id is None and opened.is_ours:
        assigns = opened.may(Permission.CASE_ASSIGN)
        return NextStep(_("choose a caseworker"), reverse("casework:assign", args=args) if assigns else "")
    if record.arrived_on is not None or record.is_over:
        return None
    if record.expected_on is None:
        return NextStep(_("record when they are expected"), reverse("households:change", args=args) if writes else "")
    arrive_url = reverse("households:arrive", args=args) if writes else ""
    if record.expected_on < opened.today:
        return NextStep(_("find out whether they have arrived: they were expected before today"), arrive_url)
    return NextStep(_("get ready for the arrival, then record it"), arrive_url)
