"""Taking a list out: one page that asks the format and the reason, then the file, or the page where a job leaves it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opensponsor.core.refusals import Refused
from opensponsor.identity.permissions import Permission
from opensponsor.saved_views import jobs, queries
from opensponsor.saved_views.lists import LISTS
from opensponsor.saved_views.models import Export
from opensponsor.saved_views.services import exports
from opensponsor.saved_views.state import chosen_filters, shown_columns
from opensponsor.saved_views.states import ExportFormat, ExportStatus
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column as Heading
from opensponsor.web.components.shapes import SummaryRow, Table, TableRow
from opensponsor.web.lists import reading
from opensponsor.web.lists.forms import AskExport
from opensponsor.web.lists.pages import ListPage, Reading

_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def ask(request: ActorRequest, page: ListPage) -> HttpResponse:
    """Ask the format and the reason; then the file comes at once, or for a long list a job writes it."""
    read, _views, _form = reading.read(request, page)
    form = AskExport(request.POST if request.method == "POST" else None)
    if form.is_valid():
        export, content = exports.start_export(
            actor=request.actor,
            definition=page.definition,
            state=read.state,
            file_format=ExportFormat(form.cleaned_data["file_format"]),
            reason=form.cleaned_data["reason"],
        )
        if content is not None:
            return _download(export, content)
        jobs.write_later(export)
        return redirect("exports:export", export.pk)
    context = {
        "title": _("Export this list"),
        "form": form,
        "rows": _what(request, read),
        "list_url": read.address(),
        "exports_url": "exports:list",
    }
    return render(request, "lists/export.html", context)


@requires(Permission.EXPORT)
def mine(request: ActorRequest) -> HttpResponse:
    """The reader's latest exports."""
    rows = [
        TableRow(
            (
                cells.link(f"{one.pk}/", LISTS[one.list_key].label) if one.list_key in LISTS else one.list_key,
                cells.moment(one.created_at),
                one.get_format_display(),
                cells.status_tag(one.status, one.get_status_display()),
                "" if one.row_count is None else one.row_count,
            )
        )
        for one in queries.recent_exports(request.actor)
    ]
    columns = (_("List"), _("Asked for"), _("Format"), _("Status"))
    headings = (*(Heading(label) for label in columns), Heading(_("Rows"), is_number=True))
    table = Table(_("Exports"), headings, rows, empty=_("You have exported nothing."))
    return render(request, "lists/exports.html", {"title": _("Your exports"), "table": table})


@requires(Permission.EXPORT)
def one(request: ActorRequest, export_id: UUID) -> HttpResponse:
    """A long export: how far it is, then the button that fetches it, once."""
    export = queries.get_export(request.actor, export_id)
    texts = {
        ExportStatus.WAITING: _("The file is being written."),
        ExportStatus.READY: _("The file is ready. It can be fetched once, within 24 hours."),
        ExportStatus.FETCHED: _("The file was fetched. Export the list again if you need it again."),
        ExportStatus.EXPIRED: _("Nobody fetched the file within 24 hours. Export the list again."),
        ExportStatus.FAILED: _("The file could not be written. Export the list again."),
    }
    context = {
        "title": _("Export"),
        "is_done": export.status != ExportStatus.WAITING,
        "is_ready": export.status == ExportStatus.READY,
        "text": texts[ExportStatus(export.status)],
        "export": export,
    }
    return render(request, "lists/export_progress.html", context)


@requires(Permission.EXPORT)
@require_POST
def fetch(request: ActorRequest, export_id: UUID) -> HttpResponse:
    """Hand out the file, once."""
    try:
        export, content = exports.fetch_export(actor=request.actor, export_id=export_id)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("exports:export", export_id)
    return _download(export, content)


def _what(request: ActorRequest, read: Reading) -> list[SummaryRow]:
    """What the file will hold."""
    definition, actor, state = read.page.definition, request.actor, read.state
    filters = "; ".join(f"{one.label}: {one.words}" for one in chosen_filters(definition, actor, state))
    names = "; ".join(filter(None, (filters, state.names)))
    columns = ", ".join(str(column.label) for column in shown_columns(definition, actor, state))
    return [
        SummaryRow(_("List"), definition.label),
        SummaryRow(_("Filters"), names or _("None")),
        SummaryRow(_("Columns"), columns),
    ]


def _download(export: Export, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[ExportFormat(export.format)])
    response.headers["Content-Disposition"] = f'attachment; filename="{exports.file_name(export)}"'
    return response
