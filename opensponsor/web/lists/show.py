"""The list itself."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensponsor.audit import services as audit
from opensponsor.identity.permissions import Permission
from opensponsor.saved_views import queries
from opensponsor.saved_views.columns import Column, Shape
from opensponsor.saved_views.queries import ListPage as Rows
from opensponsor.saved_views.queries import Views
from opensponsor.saved_views.state import BEST_MATCH, SIZES, chosen_filters, shown_columns
from opensponsor.web.access import ActorRequest
from opensponsor.web.components import shapes
from opensponsor.web.components.shapes import Action, Link
from opensponsor.web.lists import reading
from opensponsor.web.lists.cells import table_rows
from opensponsor.web.lists.forms import FindNames
from opensponsor.web.lists.pages import ListPage, Reading


def show(request: ActorRequest, page: ListPage) -> HttpResponse:
    """A page of rows, with everything that changes what it shows. Who looked at what is on record, one line a page."""
    read, views, form = reading.read(request, page)
    if "found" in request.GET and not read.search_id:
        messages.info(request, _("The words you looked for are no longer kept. Look for them again."))
        return redirect(read.address())
    rows = queries.list_page(request.actor, page.definition, read.state, reading.window(request, read.state.size))
    audit.record_access(
        "list.viewed",
        actor=request.actor,
        list=page.definition.key,
        filters={key: value for key, value in read.state.filters.items() if value},
        has_names=bool(read.state.names),
        rows=len(rows.rows),
        total=rows.total,
    )
    return render(request, "lists/list.html", _context(request, read, rows, views, form))


def find(request: ActorRequest, page: ListPage) -> HttpResponse:
    """Look for words in names: posted, and kept in the session, so that no name stands in an address."""
    read, _views, _form = reading.read(request, page)
    form = FindNames(request.POST)
    names = form.cleaned_data["names"].strip() if form.is_valid() else ""
    parts = {key: value for key, value in read.parameters().items() if key not in {"found", "view"}}
    if names and page.definition.finds_names(request.actor):
        parts |= {"found": reading.remember_search(request, names), "sort": BEST_MATCH}
    return redirect(f"{page.url()}?{urlencode(parts)}")


def _context(request: ActorRequest, read: Reading, rows: Rows, views: Views, form: forms.Form) -> dict[str, Any]:
    page, state = read.page, read.state
    columns = shown_columns(page.definition, request.actor, state)
    may_assign = page.definition.is_of_cases and request.actor.may(Permission.CASE_ASSIGN)
    clear_url, assign_url = read.address(state.cleared()), read.address(name="assign") if may_assign else ""
    table = shapes.Table(
        page.definition.label,
        tuple(_heading(read, column) for column in columns),
        table_rows(page, columns, rows.rows, is_pickable=may_assign),
        empty=_nothing(read),
        empty_actions=(Link(_("Clear all filters"), clear_url),),
        pick="pick" if may_assign else "",
    )
    return {
        "page": page,
        "title": page.definition.label,
        "about": page.about() if page.about else "",
        "found": found(rows.total, is_capped=rows.is_capped),
        "form": form,
        "is_open": bool(form.errors),
        "kept": _kept(read, form),
        "tags": _tags(request, read),
        "clear_url": clear_url,
        "views": _view_links(read, views),
        "find": FindNames.base_fields["names"] if page.definition.finds_names(request.actor) else None,
        "names": state.names,
        "orders": _orders(read) if state.names and rows.rows else (),
        "find_url": read.address(name="find"),
        "columns_url": read.address(name="columns"),
        "views_url": read.address(name="views"),
        "export_url": read.address(name="export") if request.actor.may(Permission.EXPORT) else "",
        "add_url": page.url("add") if page.may_add(request.actor) else "",
        "table": table,
        "assign_url": assign_url,
        "actions": [Action(_("Assign"), assign_url)] if may_assign and rows.rows else [],
        "total": _all_rows(rows),
        "pages": _pages(read, rows),
    }


def found(total: int, *, is_capped: bool) -> str:
    """How many rows there are, in words."""
    if is_capped:
        return _("More than %(number)s records") % {"number": f"{queries.MOST_COUNTED:,}"}
    return ngettext("%(number)s record", "%(number)s records", total) % {"number": total}


def _all_rows(rows: Rows) -> str:
    """The choice of every row, where the page does not show them all and an act on all of them is possible."""
    if rows.is_capped or rows.total <= len(rows.rows):
        return ""
    return _("All %(number)s rows") % {"number": rows.total}


def _nothing(read: Reading) -> str:
    """What an empty list says; where names were looked for, what else to try."""
    empty = str(read.page.definition.empty)
    if not read.state.names:
        return empty
    hint = _("Try the family name alone, its first letters or another spelling, or remove a filter.")
    return f"{empty} {hint}"


def _orders(read: Reading) -> list[Link]:
    """How a list in which names are looked for can be sorted: the best match first, or by a column."""
    state, definition = read.state, read.page.definition
    labels: dict[str, Any] = {BEST_MATCH: _("Best match")}
    labels |= {
        column.key: column.label for column in definition.columns if column.key in {definition.default_sort, state.sort}
    }
    return [
        Link(str(label), read.address(state.sorted_by(key, is_descending=False)), key == state.sort)
        for key, label in labels.items()
    ]


def _heading(read: Reading, column: Column) -> shapes.Column:
    heading = shapes.Column(column.label, is_number=column.shape is Shape.NUMBER, is_day=column.shape is Shape.DATE)
    if not column.sort:
        return heading
    is_sorted = read.state.sort == column.key
    sorted_state = read.state.sorted_by(column.key, is_descending=is_sorted and not read.state.is_descending)
    direction = ("descending" if read.state.is_descending else "ascending") if is_sorted else ""
    return replace(heading, sort_url=read.address(sorted_state), direction=direction)


def _kept(read: Reading, form: forms.Form) -> list[tuple[str, str]]:
    """What the form of the filters must not lose: sort, columns, page size, the words looked for."""
    return [(key, value) for key, value in read.parameters().items() if key not in {"view", *form.fields}]


def _tags(request: ActorRequest, read: Reading) -> list[Link]:
    state = read.state
    tags = [
        Link(f"{one.label}: {one.words}", read.address(state.with_filter(one.key, "")))
        for one in chosen_filters(read.page.definition, request.actor, state)
    ]
    if state.names:
        tags.append(Link(_("Name or reference: %(words)s") % {"words": state.names}, read.address(state.nameless())))
    return tags


def _view_links(read: Reading, views: Views) -> list[Link]:
    return [
        Link(view.name, f"{read.page.url()}?view={view.pk}", is_current=str(view.pk) == read.view_id)
        for view in views.named
    ]


def _pages(read: Reading, rows: Rows) -> shapes.Pages:
    id_of = read.page.definition.id_of
    sizes = tuple(Link(str(size), read.address(read.state.of_size(size)), size == read.state.size) for size in SIZES)
    return shapes.Pages(
        previous_url=read.address(before=str(id_of(rows.rows[0]))) if rows.has_previous and rows.rows else "",
        next_url=read.address(after=str(id_of(rows.rows[-1]))) if rows.has_next and rows.rows else "",
        sizes=sizes if rows.total > min(SIZES) else (),
    )
