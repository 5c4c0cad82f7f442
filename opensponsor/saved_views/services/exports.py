"""Taking a list out of the platform (VIEW-017): with a reason, on record, and only what the page would show."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases.permissions import person
from opensponsor.cases.queries import with_shared_cases
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.bulk import many_objects
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import acting, as_system
from opensponsor.core.saving import save_changes
from opensponsor.identity import queries as identity
from opensponsor.identity.permissions import Permission, check
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.files import contents, csv_file, xlsx_file
from opensponsor.saved_views.lists import LISTS
from opensponsor.saved_views.models import Export, ExportFile
from opensponsor.saved_views.queries import get_export, ids_of, rows_of
from opensponsor.saved_views.state import ListState, chosen_filters, shown_columns, state_of
from opensponsor.saved_views.states import EXPORT_TRANSITIONS, ExportFormat, ExportStatus

# More rows than these are written by a job.
MOST_AT_ONCE = 10_000
KEPT_FOR = dt.timedelta(hours=24)


@transaction.atomic
def start_export(
    *, actor: Actor, definition: ListDefinition, state: ListState, file_format: ExportFormat, reason: str
) -> tuple[Export, bytes | None]:
    """Take out the list as the actor sees it now. Returns the file, or None for a long list, which a job writes.

    Raises Refused without a reason, NotVisible for somebody who may not export.
    """
    check(actor, Permission.EXPORT)
    check(actor, definition.permission)
    if not reason.strip():
        raise Refused(_("Say what the file is for."))
    export = Export.objects.create(
        user_id=person(actor),
        organisation_id=actor.organisation_id,
        list_key=definition.key,
        format=file_format,
        parameters=state.parameters(),
        names=state.names,
        columns=[column.key for column in shown_columns(definition, actor, state)],
        language=translation.get_language() or "en",
        reason=reason.strip(),
    )
    case_ids = ids_of(actor, definition, state, most=MOST_AT_ONCE + 1)
    if len(case_ids) > MOST_AT_ONCE:
        _log("list.export_asked", actor, export)
        return export, None
    content = _content(actor, export, case_ids)
    _move(export, ExportStatus.FETCHED, row_count=len(case_ids))
    _log("list.exported", actor, export)
    return export, content


def write_export(export_id: UUID) -> None:
    """Write the file of a long list, as the person who asked and with what they may see now. Harmless when repeated."""
    with as_system("exports"):
        export = Export.objects.select_related("user").filter(pk=export_id, status=ExportStatus.WAITING).first()
        if export is None:
            return
        actor = identity.actor_for(
            export.user, today=clock.today(), organisation_id=export.organisation_id, language=export.language
        )
        may = actor is not None and actor.organisation_id == export.organisation_id
        if actor is None or not (may and actor.may(Permission.EXPORT)):
            _move(export, ExportStatus.FAILED)
            return
        actor = with_shared_cases(actor, today=clock.today())
    with acting(actor), translation.override(export.language):
        _write(actor, export)


def _write(actor: Actor, export: Export) -> None:
    definition = LISTS[export.list_key]
    state = _state(actor, export)
    case_ids = ids_of(actor, definition, state, most=10_000_000)
    with many_objects():
        content = _content(actor, export, case_ids)
    ExportFile.objects.create(export=export, content=content)
    _move(export, ExportStatus.READY, row_count=len(case_ids), expires_at=clock.now() + KEPT_FOR)
    _log("list.export_written", actor, export)


@transaction.atomic
def fetch_export(*, actor: Actor, export_id: UUID) -> tuple[Export, bytes]:
    """Hand out the file, once. Raises Refused when it was fetched before or its day is over, NotVisible."""
    check(actor, Permission.EXPORT)
    export = get_export(actor, export_id)
    Export.objects.select_for_update().get(pk=export.pk)
    file = ExportFile.objects.filter(export=export).first()
    if file is None or export.expires_at is None or export.expires_at <= clock.now():
        raise Refused(_("This file can no longer be fetched. Export the list again."))
    content = bytes(file.content)
    file.delete()
    _move(export, ExportStatus.FETCHED)
    _log("list.exported", actor, export)
    return export, content


def expire_exports() -> int:
    """Drop files that nobody fetched within a day, and give up what no job finished. Returns how many."""
    with as_system("exports"):
        late = Export.objects.select_for_update().filter(status=ExportStatus.READY, expires_at__lte=clock.now())
        stuck = Export.objects.select_for_update().filter(
            status=ExportStatus.WAITING, created_at__lte=clock.now() - KEPT_FOR
        )
        expired = [(export, ExportStatus.EXPIRED) for export in late] + [(one, ExportStatus.FAILED) for one in stuck]
        ExportFile.objects.filter(export__in=[export.pk for export, _status in expired]).delete()
        for export, status in expired:
            _move(export, status)
        return len(expired)


def file_name(export: Export) -> str:
    """What the file is called: its marking, the list and the day."""
    return f"{contents.MARKING}-{export.list_key}-{export.created_at:%Y-%m-%d}.{export.format.lower()}"


def _content(actor: Actor, export: Export, case_ids: Sequence[UUID]) -> bytes:
    definition, state = LISTS[export.list_key], _state(actor, export)
    columns = shown_columns(definition, actor, state)
    lines = contents.lines(columns, rows_of(actor, definition, case_ids))
    if export.format == ExportFormat.CSV:
        return csv_file.write(contents.headings(columns), lines)
    filters = [(one.label, one.words) for one in chosen_filters(definition, actor, state)]
    cover = contents.Cover(
        title=str(definition.label),
        person=actor.user_name,
        organisation=actor.organisation_name,
        at=clock.now(),
        reason=export.reason,
        filters=(*filters, *([(_("Name or reference"), state.names)] if state.names else ())),
        row_count=len(case_ids),
    )
    return xlsx_file.write(cover, contents.headings(columns), lines)


def _state(actor: Actor, export: Export) -> ListState:
    parameters = {**export.parameters, "columns": ",".join(export.columns)}
    return state_of(LISTS[export.list_key], actor, parameters, names=export.names)


def _move(export: Export, status: ExportStatus, **changes: object) -> None:
    if status not in EXPORT_TRANSITIONS[ExportStatus(export.status)]:
        raise Refused(_("This file can no longer be fetched. Export the list again."))
    save_changes(export, expected_version=export.version, status=status, **changes)


def _log(code: str, actor: Actor, export: Export) -> None:
    """On record: the list, its filters, columns and rows; of words looked for in names only that there were any."""
    audit.record_access(
        code,
        actor=actor,
        table="saved_views_export",
        row=export.pk,
        list=export.list_key,
        format=export.format,
        filters={key: value for key, value in export.parameters.items() if value},
        columns=export.columns,
        has_names=bool(export.names),
        rows=export.row_count,
    )
