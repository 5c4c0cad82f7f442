"""The pages of a record: the same frame around the content of each section, and one line in the access log for each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.audit import services as audit
from opensponsor.audit.queries import RECORD_OPENED
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission, check
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Action, Fact, Link
from opensponsor.web.components.shell import address
from opensponsor.web.records import history, notes, summary, tasks
from opensponsor.web.records.addresses import record_url, url_of
from opensponsor.web.records.kinds import Kind, Opened, Section

PRINT = Section("print", gettext_lazy("Print"), "records/print.html", summary.on_paper)


def sections_of(kind: Kind) -> tuple[Section, ...]:
    """The sections of this kind of record, in their order; a kind adds its own after the summary."""
    return (
        Section("record", gettext_lazy("Summary"), "records/summary.html", summary.content),
        *kind.sections,
        Section("notes", gettext_lazy("Notes and activity"), "records/notes.html", notes.content, Permission.NOTE_READ),
        Section("tasks", gettext_lazy("Tasks"), "records/tasks.html", tasks.content, Permission.NOTE_READ),
        Section("history", gettext_lazy("History"), "records/history.html", history.changes, Permission.HISTORY_READ),
        Section(
            "opened",
            gettext_lazy("Who has opened it"),
            "records/opened.html",
            history.accesses,
            Permission.ACCESS_LOG_READ,
        ),
    )


def record_urls(kind: Kind) -> list[URLPattern]:
    """The addresses of the sections of this kind of record, and of its print view."""
    return [path(_route(section), _view(kind, section), name=section.slug) for section in (*sections_of(kind), PRINT)]


def open_record(kind: Kind, actor: Actor, case_id: UUID) -> Opened:
    """The record, if the actor may open it. Raises NotVisible."""
    check(actor, kind.permission)
    return Opened(actor, kind.code, kind.load(actor, case_id), clock.today())


def _route(section: Section) -> str:
    return "<uuid:case_id>/" if section.slug == "record" else f"<uuid:case_id>/{section.slug}/"


def _view(kind: Kind, section: Section) -> Callable[..., HttpResponse]:
    @requires(section.permission or kind.permission)
    def view(request: ActorRequest, case_id: UUID) -> HttpResponse:
        opened = open_record(kind, request.actor, case_id)
        audit.record_access(
            RECORD_OPENED,
            actor=request.actor,
            case_id=case_id,
            owner_id=opened.record.owner_id,
            section=section.slug,
        )
        context = frame(kind, opened, section) | section.content(request, kind, opened)
        return render(request, section.template, context)

    return view


def frame(kind: Kind, opened: Opened, section: Section) -> dict[str, Any]:
    """What stands on every section: who it is, what is wrong, how it stands, what to do, where else to look."""
    actions = kind.actions(opened)
    return {
        "kind": kind,
        "opened": opened,
        "record": opened.record,
        "name": opened.name,
        "section": section,
        "back": Link(kind.plural, address(kind.list_url_name)),
        "risks": kind.risks(opened),
        "facts": facts_of(kind, opened),
        "next_step": kind.next_step(opened),
        "actions": [Action(action.label, action.url, kind=action.kind) for action in actions[:3]],
        "more_url": url_of("casework:actions", opened.record.case_id) if len(actions) > 3 else "",
        "print_url": record_url(opened.code, opened.record.case_id, "print"),
        "sections": [
            Link(one.label, record_url(opened.code, opened.record.case_id, one.slug), one.slug == section.slug)
            for one in sections_of(kind)
            if one.permission is None or opened.actor.may(one.permission)
        ],
    }


def facts_of(kind: Kind, opened: Opened) -> list[Fact]:
    """The few facts that tell a record from every other; each kind adds its own between status and owner."""
    record = opened.record
    status = cells.status_tag(record.status, _("Open") if opened.is_open else _("Closed"))
    closed = [] if opened.is_open else [Fact(_("Closed"), record.closed_on)]
    return [
        Fact(_("Reference"), record.reference),
        Fact(_("Status"), status),
        *kind.facts(opened),
        *closed,
        Fact(_("Owner"), record.owner_name),
        Fact(_("Caseworker"), record.assignee_name or _("Nobody yet")),
    ]
