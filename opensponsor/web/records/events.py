"""Sentences for events: what a service did, in the words of a caseworker."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.cases.states import RequestStatus, TaskKind
from opensponsor.cases.timeline import Entry
from opensponsor.checks.states import CheckStatus, CheckType


def _assigned(entry: Entry) -> str:
    if not entry.person:
        return _("Has no caseworker any more")
    return _("Given to %(person)s") % {"person": entry.person}


def _shared(entry: Entry) -> str:
    return _("Shared with %(organisation)s") % {"organisation": entry.organisation}


def _share_ended(entry: Entry) -> str:
    return _("No longer shared with %(organisation)s") % {"organisation": entry.organisation}


def _transferred(entry: Entry) -> str:
    return _("Transferred to %(organisation)s") % {"organisation": entry.organisation}


def _placed(entry: Entry) -> str:
    return _("Assigned to %(organisation)s: it had belonged to no council") % {"organisation": entry.organisation}


def _decided(entry: Entry) -> str:
    is_approved = entry.detail.get("status") == RequestStatus.APPROVED
    return _("Request approved") if is_approved else _("Request refused")


def _check_recorded(entry: Entry) -> str:
    words = {"check": CheckType(entry.detail["type"]).label, "status": CheckStatus(entry.detail["status"]).label}
    return _("Check recorded: %(check)s, %(status)s") % words


def _of_task(task: Any, meeting: Any) -> Callable[[Entry], str]:
    def sentence(entry: Entry) -> str:
        words = str(meeting if entry.detail.get("kind") == TaskKind.MEETING else task)
        return f"{words}: {entry.task}" if entry.task else words

    return sentence


# Every code that a service writes; a test walks the services.
SENTENCES: dict[str, Any] = {
    "case.opened": gettext_lazy("Record opened"),
    "case.assigned": _assigned,
    "case.shared": _shared,
    "case.share_ended": _share_ended,
    "case.transferred": _transferred,
    "case.assigned_to_council": _placed,
    "case.closed": gettext_lazy("Record closed"),
    "note.added": gettext_lazy("Note added"),
    "note.changed": gettext_lazy("Note changed"),
    "note.pinned": gettext_lazy("Note kept at the top"),
    "note.unpinned": gettext_lazy("Note no longer kept at the top"),
    "note.removed": gettext_lazy("Note removed as entered in error"),
    "task.added": _of_task(gettext_lazy("Task added"), gettext_lazy("Meeting added")),
    "task.changed": _of_task(gettext_lazy("Task changed"), gettext_lazy("Meeting changed")),
    "task.deferred": _of_task(gettext_lazy("Task put off"), gettext_lazy("Meeting put off")),
    "task.completed": _of_task(gettext_lazy("Task completed"), gettext_lazy("Meeting held")),
    "task.reopened": _of_task(gettext_lazy("Task not complete after all"), gettext_lazy("Meeting not held after all")),
    "request.raised": gettext_lazy("The national team was asked"),
    "request.withdrawn": gettext_lazy("Request withdrawn"),
    "request.decided": _decided,
    "household.added": gettext_lazy("Household added"),
    "household.changed": gettext_lazy("Household changed"),
    "person.added": gettext_lazy("Person added to the household"),
    "person.changed": gettext_lazy("Person changed"),
    "person.made_inactive": gettext_lazy("Person made inactive"),
    "sponsor.added": gettext_lazy("Sponsor or host added"),
    "sponsor.changed": gettext_lazy("Sponsor or host changed"),
    "sponsor.closed_as_duplicate": gettext_lazy("Closed as a duplicate: the council has another record"),
    "sponsor.address_removed": gettext_lazy("Address removed"),
    "check.recorded": _check_recorded,
    "licence.added": gettext_lazy("Licence added"),
    "licence.changed": gettext_lazy("Licence changed"),
}


def sentence_of(entry: Entry) -> str:
    """What the event says; its code where it has no sentence yet."""
    found = SENTENCES.get(entry.code, entry.code)
    return found(entry) if callable(found) else str(found)
