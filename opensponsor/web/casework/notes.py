"""Pages of notes."""

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import Note
from opensponsor.cases.services import notes as services
from opensponsor.cases.states import NoteKind
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.account.drafts import autosave_url, forget_draft, initial_from_draft
from opensponsor.web.casework.answers import accepts, press, told_no, went_well
from opensponsor.web.casework.forms import NoteEditForm, NoteForm, RemoveForm, VersionForm, first_note_values
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Action, Fact
from opensponsor.web.conflicts import Editing, Stored, edit
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.entries import author_of


@requires(Permission.NOTE_WRITE)
def add(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """A new note. Only text is read from the request: a file that comes along is ignored (NOTE-009)."""
    case = queries.get_case_to_change(request.actor, case_id)
    url = record_url(case.kind, case_id)
    check = partial(permissions.check_may_work_on, request.actor, case, Permission.NOTE_WRITE)
    if refusal := told_no(request, check, url=url):
        return refusal
    form = NoteForm(
        request.POST or None, initial=first_note_values(request.actor) | initial_from_draft(request), auto_id="note_%s"
    )
    if form.is_valid() and accepts(form, lambda: _add(request, case_id, form.cleaned_data)):
        forget_draft(request)
        return went_well(request, _("Note added: %(title)s") % {"title": form.cleaned_data["title"]}, url)
    context = {
        "title": _("Add a note"),
        "lead": _lead(request, case.kind),
        "form": form,
        "submit": _("Add the note"),
        "cancel_url": url,
        "back_url": url,
        "autosave_url": autosave_url(request),
    }
    return render(request, "web/form.html", context)


@requires(Permission.NOTE_READ)
def show(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """One note with what may be done to it."""
    note = queries.get_row(request.actor, Note, note_id)
    context = {
        "note": note,
        "facts": _facts(note),
        "back_url": record_url(note.case.kind, note.case_id, "notes"),
        "actions": _actions(request, note),
    }
    return render(request, "casework/note.html", context)


@requires(Permission.NOTE_WRITE)
def change(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """Changing a note of one's own (NOTE-008)."""
    note = queries.get_row_to_change(request.actor, Note, note_id)
    url = record_url(note.case.kind, note.case_id, "notes")
    if refusal := told_no(request, partial(policies.check_is_author, note, request.actor), url=url):
        return refusal
    editing = Editing(
        title=_("Change your note"),
        load=lambda: _stored(queries.get_row_to_change(request.actor, Note, note_id)),
        make=NoteEditForm,
        save=lambda **given: services.change_note(actor=request.actor, note_id=note_id, **given),
        done_url=url,
    )
    return edit(request, editing)


@require_POST
@requires(Permission.NOTE_WRITE)
def pin(request: ActorRequest, note_id: UUID, is_pinned: bool) -> HttpResponse:
    """Keep a note at the top, or let it go."""
    note = queries.get_row_to_change(request.actor, Note, note_id)
    version = VersionForm(request.POST)
    done = _("The note is kept at the top.") if is_pinned else _("The note is no longer kept at the top.")
    return press(
        request,
        lambda: services.pin_note(
            actor=request.actor, note_id=note_id, version=version_of(version), is_pinned=is_pinned
        ),
        done=done,
        url=record_url(note.case.kind, note.case_id, "notes"),
    )


@requires(Permission.NOTE_WRITE)
def remove(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """Strike a note of one's own that was entered in error."""
    note = queries.get_row_to_change(request.actor, Note, note_id)
    check = partial(policies.check_is_author, note, request.actor)
    return _remove(request, note, services.remove_note, check)


@requires(Permission.NOTE_STRIKE)
def strike(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """The national team strikes a note of a council (C-29)."""
    note = queries.get_row(request.actor, Note, note_id)
    return _remove(request, note, services.strike_note, partial(policies.check_is_by_a_person, note))


def version_of(form: VersionForm) -> int:
    """The version that the button was about; 0, which no record has, when it does not say."""
    return int(form.cleaned_data["version"]) if form.is_valid() else 0


def _remove(request: ActorRequest, note: Note, service: Any, check: Callable[[], None]) -> HttpResponse:
    form = RemoveForm(request.POST or None, initial={"version": note.version})
    url = record_url(note.case.kind, note.case_id, "notes")
    if refusal := told_no(request, check, url=url):
        return refusal
    if form.is_valid() and accepts(
        form, lambda: service(actor=request.actor, note_id=note.pk, **form.cleaned_data), version=note.version
    ):
        return went_well(request, _("The note was removed as entered in error."), url)
    context = {
        "title": _("Remove this note as entered in error?"),
        "names": [note.title],
        "text": _("The note is struck out. The record keeps your name, the time and the reason."),
        "warning": _("This cannot be undone."),
        "form": form,
        "submit": _("Remove the note"),
        "kind": "warning",
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)


def _add(request: ActorRequest, case_id: UUID, given: dict[str, Any]) -> Note:
    values = {**given, "kind": NoteKind(given["kind"])}
    return services.add_note(actor=request.actor, case_id=case_id, **values)


def _lead(request: ActorRequest, kind: str) -> str:
    is_for_the_owner = permissions.writes_for_owner(request.actor, kind)
    return _("The sponsor who holds the licence reads this note too.") if is_for_the_owner else ""


def _stored(note: Note) -> Stored:
    return Stored("cases_note", note.pk, note.version, {"kind": note.kind, "title": note.title, "body": note.body})


def _facts(note: Note) -> list[Fact]:
    return [
        Fact(_("Kind"), NoteKind(note.kind).label),
        Fact(_("Author"), author_of("", note.author_name)),
        Fact(_("Team"), note.author_team),
        Fact(_("Written"), cells.moment(note.created_at)),
    ]


def _actions(request: ActorRequest, note: Note) -> list[Action]:
    actor = request.actor
    if note.removed_at is not None:
        return []
    if permissions.can_work_on(actor, note.case, Permission.NOTE_WRITE):
        return _writers_actions(note, is_own=policies.can_change_note(note, actor))
    if actor.may(Permission.NOTE_STRIKE) and note.kind != NoteKind.SYSTEM:
        return [Action(_("Entered in error"), reverse("casework:note_strike", args=[note.pk]))]
    return []


def _writers_actions(note: Note, *, is_own: bool) -> list[Action]:
    change = Action(_("Change"), reverse("casework:note_change", args=[note.pk]))
    pinning = Action(_("Keep at the top"), reverse("casework:note_pin", args=[note.pk]), is_post=True)
    if note.is_pinned:
        pinning = Action(_("Do not keep at the top"), reverse("casework:note_unpin", args=[note.pk]), is_post=True)
    pinning = dataclasses.replace(pinning, fields=(("version", note.version),))
    removing = Action(_("Entered in error"), reverse("casework:note_remove", args=[note.pk]))
    return [change, pinning, removing] if is_own else [pinning]
