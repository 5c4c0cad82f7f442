"""The stream of a case as entries of a timeline."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.cases.states import NoteKind
from opensponsor.cases.timeline import Entry, Source
from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission
from opensponsor.web.components import cells, shapes
from opensponsor.web.components.markup import joined
from opensponsor.web.components.shapes import Link
from opensponsor.web.records import changes, events
from opensponsor.web.records.addresses import url_of


def entries_of(actor: Actor, stream: Iterable[Entry], row_names: Mapping[str, str]) -> list[shapes.Entry]:
    """The entries in words. Old and new values are for readers of the history (ORG-033); others read which changed."""
    lines = list(stream)
    names = changes.names_in(line for line in lines if line.source == Source.CHANGE)
    event, made = _("Event"), []
    for line in lines:
        if line.source == Source.NOTE:
            made.append(_note(actor, line))
        elif line.source == Source.EVENT:
            made.append(shapes.Entry(events.sentence_of(line), line.at, _author(line), line.team, kind=event))
        elif fields := changes.fields_of(actor, line, names):
            made.append(_change(actor, line, fields, row_names))
    return made


def author_of(actor: str, name: str) -> str:
    """Who did it: a person by name, a job by what it is called."""
    return name or actor.removeprefix("system:").replace("_", " ").replace("-", " ").capitalize()


def _note(actor: Actor, line: Entry) -> shapes.Entry:
    title, text = line.title, line.text
    if line.is_removed:
        title, text = _("%(title)s: entered in error") % {"title": title}, _("Reason: %(reason)s") % {"reason": text}
    kind = str(NoteKind(line.code).label)
    if line.is_pinned:
        kind = _("%(kind)s · kept at the top") % {"kind": kind}
    return shapes.Entry(title, line.at, _author(line), line.team, text, kind, _links(actor, line))


def _links(actor: Actor, line: Entry) -> tuple[Link, ...]:
    is_own = line.actor == str(actor.user_id) and line.code != NoteKind.SYSTEM
    if line.is_removed or not (actor.may(Permission.NOTE_WRITE) or actor.may(Permission.NOTE_STRIKE)):
        return ()
    more = Link(_("More"), url_of("casework:note", line.id))
    return (Link(_("Change"), url_of("casework:note_change", line.id)), more) if is_own else (more,)


def _change(actor: Actor, line: Entry, fields: list[changes.FieldChange], row_names: Mapping[str, str]) -> shapes.Entry:
    text: Any = ", ".join(field.label for field in fields)
    if actor.may(Permission.HISTORY_READ):
        text = cells.lines(*map(told, fields))
    return shapes.Entry(changes.title_of(line, row_names), line.at, _author(line), line.team, text, _("Change"))


def told(field: changes.FieldChange) -> SafeString:
    """A field change as one line: "Arrived: nothing → 7 March 2026"."""
    return joined((field.label, ": ", field.old or _("nothing"), " → ", field.new or _("nothing")))


def _author(line: Entry) -> str:
    return author_of(line.actor, line.actor_name)
