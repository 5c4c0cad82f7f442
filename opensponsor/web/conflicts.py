"""Editing a record that somebody else may be editing: nothing is overwritten, nothing typed is lost.

A form carries the version it was made from and what the fields held then. When the record has moved on, the page
shows both texts. A field that only one of the two changed needs no choice.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opensponsor.audit import queries as audit
from opensponsor.core.hiding import HIDDEN
from opensponsor.core.refusals import Conflict, Refused
from opensponsor.identity.models import User
from opensponsor.web.access import ActorRequest
from opensponsor.web.account.drafts import autosave_url, forget_draft, initial_from_draft
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Difference

HIDDEN_FIELDS = ("version", "before")


class EditForm(forms.Form):
    """A form over a stored record: its version, and what its fields held, travel with it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    before = forms.CharField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored now. `table` and `row` name the row in the history; `values` are those of the form's fields."""

    table: str
    row: UUID | int
    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Editing:
    """One edit page: `load` reads what is stored, `make` makes the form, `save` takes the version and the values."""

    title: str
    load: Callable[[], Stored]
    make: Callable[..., Any]
    save: Callable[..., Any]
    done_url: str
    template: str = "web/form.html"
    lead: str = ""


def edit(request: ActorRequest, editing: Editing) -> HttpResponse:
    """Show the form, save it, or show both texts when somebody else was faster."""
    if request.method != "POST":
        return _page(
            request, editing, editing.make(initial=_first_values(editing.load()) | initial_from_draft(request))
        )
    form = editing.make(request.POST)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name not in HIDDEN_FIELDS}
        try:
            editing.save(version=form.cleaned_data["version"], **given)
        except Conflict:
            return _conflict(request, editing, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            forget_draft(request)
            messages.success(request, _saved(form))
            return redirect(editing.done_url)
    return _page(request, editing, form)


def _page(request: ActorRequest, editing: Editing, form: Any) -> HttpResponse:
    context = {
        "title": editing.title,
        "lead": editing.lead,
        "form": form,
        "cancel_url": editing.done_url,
        "back_url": editing.done_url,
        "autosave_url": autosave_url(request),
    }
    return render(request, editing.template, context)


def _first_values(stored: Stored) -> dict[str, Any]:
    return {**stored.values, "version": stored.version, "before": _frozen(stored.values)}


def _frozen(values: Mapping[str, Any]) -> str:
    return json.dumps({name: posted(value) for name, value in values.items()}, cls=DjangoJSONEncoder)


def _thawed(text: str) -> dict[str, str]:
    """What the fields held when the form was made; nothing when tampered with, so that every field is asked about."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def posted(value: Any) -> str:
    """A value as a form posts it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value).replace("\r\n", "\n").strip()


def _saved(form: Any) -> str:
    """What was changed, by the labels of the fields."""
    before = _thawed(form.cleaned_data.get("before", ""))
    changed = [str(form[name].label) for name, value in _given(form).items() if before.get(name) != posted(value)]
    return _("Saved: %(fields)s.") % {"fields": ", ".join(changed)} if changed else _("Nothing was changed.")


def _given(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name not in HIDDEN_FIELDS}


def shown_values(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The values of these fields that the reader may see."""
    values = {name: getattr(record, name) for name in names}
    return {name: value for name, value in values.items() if value is not HIDDEN}


def _conflict(request: ActorRequest, editing: Editing, form: Any) -> HttpResponse:
    """The page of both texts; it posts to the same address with the version that is stored now."""
    stored = editing.load()
    change = audit.last_change(stored.table, stored.row)
    context = {
        "title": editing.title,
        **_merge(form, stored),
        "version": stored.version,
        "their_name": _name_of(change.actor) if change else "",
        "their_at": change.at if change else None,
        "record_url": editing.done_url,
    }
    return render(request, "web/conflict.html", context, status=409)


def _merge(form: Any, stored: Stored) -> dict[str, Any]:
    """Both sides of each field: to be chosen where both changed it, settled where only one did."""
    before = _thawed(form.cleaned_data.get("before", ""))
    differences, same, kept = [], [("before", _frozen(stored.values))], []
    for name, mine in _given(form).items():
        theirs, old = stored.values.get(name), before.get(name)
        if _is_clash(old, posted(mine), posted(theirs)):
            differences.append(_difference(form[name], mine, theirs, old or ""))
            continue
        is_theirs = old == posted(mine)
        same.append((name, posted(theirs if is_theirs else mine)))
        if posted(mine) != posted(theirs):
            kept.append(_kept(form[name], theirs if is_theirs else mine, is_theirs=is_theirs))
    return {"differences": differences, "same": same, "kept": kept}


def _kept(bound: BoundField, value: Any, *, is_theirs: bool) -> str:
    sentence = _("%(field)s: %(value)s (what they saved)") if is_theirs else _("%(field)s: %(value)s (what you typed)")
    return sentence % {"field": bound.label, "value": in_words(bound, value) if posted(value) else _("nothing")}


def _is_clash(before: str | None, mine: str, theirs: str) -> bool:
    return mine != theirs and before not in (mine, theirs)


def _difference(bound: BoundField, mine: Any, theirs: Any, before: str) -> Difference:
    is_text = isinstance(bound.field.widget, forms.Textarea)
    return Difference(
        name=bound.name,
        label=bound.label,
        mine=in_words(bound, mine),
        theirs=in_words(bound, theirs),
        mine_value=posted(mine),
        theirs_value=posted(theirs),
        before="" if is_text else in_words(bound, bound.field.to_python(before) if before else None),
        is_text=is_text,
    )


def in_words(bound: BoundField, value: Any) -> Any:
    """A value of a field as a reader knows it."""
    choices = {str(code): label for code, label in getattr(bound.field, "choices", ())}
    if choices:
        return choices.get("" if value is None else str(value), "")
    return value if isinstance(bound.field.widget, forms.Textarea) else cells.value(value)


def _name_of(actor: str) -> str:
    user = User.objects.filter(pk=int(actor)).first() if actor.isdigit() else None
    return user.full_name if user else actor.removeprefix("system:")
