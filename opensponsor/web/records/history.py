"""The change history of a record (ORG-033), and who has opened it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.audit import queries as audit
from opensponsor.audit.queries import Line
from opensponsor.core.actor import Actor
from opensponsor.identity.models import Organisation, User
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, Pages, Table, TableRow
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.changes import FieldChange, fields_of, names_in, title_of
from opensponsor.web.records.entries import author_of
from opensponsor.web.records.kinds import Kind, Opened

ON_A_PAGE = 50

CODES: dict[str, Any] = {
    "record.opened": gettext_lazy("Opened"),
    "record.audited": gettext_lazy("Audited"),
    "record.refused": gettext_lazy("Refused"),
}
SECTIONS: dict[str, Any] = {
    "record": gettext_lazy("Summary"),
    "people": gettext_lazy("People"),
    "applications": gettext_lazy("Applications"),
    "application": gettext_lazy("An application"),
    "sponsors": gettext_lazy("Sponsor and address"),
    "addresses": gettext_lazy("Addresses"),
    "applicants": gettext_lazy("Applicants"),
    "notes": gettext_lazy("Notes and activity"),
    "tasks": gettext_lazy("Tasks"),
    "history": gettext_lazy("History"),
    "opened": gettext_lazy("Who has opened it"),
    "print": gettext_lazy("Print"),
}


def changes(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """The section of a record: who changed which field, when, from what to what."""
    url = record_url(opened.code, opened.record.case_id, "history")
    return changes_of(request, opened.actor, opened.record.case_id, url, kind.row_names(opened))


def accesses(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """The section of a record: who has opened it."""
    return accesses_of(request, opened.record.case_id, record_url(opened.code, opened.record.case_id, "opened"))


def changes_of(
    request: HttpRequest, actor: Actor, case_id: UUID, url: str, row_names: Mapping[str, str]
) -> dict[str, Any]:
    """A page of the change history of a case; only fields that the reader may see."""
    lines, pages = _page(request, audit.changes_of, case_id, url)
    names, authors = names_in(lines), _authors(lines)
    rows = [
        _change_row(line, change, title_of(line, row_names), authors)
        for line in lines
        for change in fields_of(actor, line, names)
    ]
    columns = (_("When"), _("Who"), _("What happened"), _("Field"), _("Before"), _("After"))
    empty = _("Nothing has been changed that you may see.")
    return {"table": _table(_("Changes"), columns, rows, empty), "pages": pages}


def accesses_of(request: HttpRequest, case_id: UUID, url: str) -> dict[str, Any]:
    """A page of the access log of a case: who has opened it, from which organisation, and what they looked at."""
    lines, pages = _page(request, audit.accesses_of, case_id, url)
    authors, bodies = _authors(lines), _bodies(lines)
    rows = [
        TableRow(
            (
                cells.moment(line.at),
                authors.get(line.actor, author_of(line.actor, "")),
                bodies.get(line.organisation_id or 0, ""),
                str(CODES.get(line.code, line.code)),
                str(SECTIONS.get(line.detail.get("section", ""), "")),
            )
        )
        for line in lines
    ]
    columns = (_("When"), _("Who"), _("Organisation"), _("What"), _("Section"))
    return {"table": _table(_("Who has opened it"), columns, rows, _("Nobody has opened it.")), "pages": pages}


def _change_row(line: Line, change: FieldChange, title: str, authors: dict[str, str]) -> TableRow:
    who = authors.get(line.actor, author_of(line.actor, ""))
    return TableRow((cells.moment(line.at), who, title, change.label, change.old, change.new))


def _page(request: HttpRequest, read: Any, case_id: UUID, url: str) -> tuple[list[Line], Pages]:
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    lines = read(case_id, limit=ON_A_PAGE + 1, before=before)
    next_url = f"{url}?before={lines[ON_A_PAGE - 1].id}" if len(lines) > ON_A_PAGE else ""
    return lines[:ON_A_PAGE], Pages(url if before else "", next_url)


def _table(caption: str, columns: tuple[str, ...], rows: list[TableRow], empty: str) -> Table:
    return Table(caption, tuple(Column(label) for label in columns), rows, empty)


def _authors(lines: list[Line]) -> dict[str, str]:
    """The names of the users among the authors, by what the history keeps."""
    ids = {int(line.actor) for line in lines if line.actor.isdigit()}
    return {str(user.pk): user.full_name for user in User.objects.filter(pk__in=ids)}


def _bodies(lines: list[Line]) -> dict[int, str]:
    ids = {line.organisation_id for line in lines if line.organisation_id}
    return {body.pk: body.name for body in Organisation.objects.filter(pk__in=ids)}
