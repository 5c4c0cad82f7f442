"""Choosing the columns of a list and their order: check boxes and buttons, no dragging."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opensponsor.saved_views.services import views as services
from opensponsor.saved_views.state import shown_columns
from opensponsor.web.access import ActorRequest
from opensponsor.web.lists import reading
from opensponsor.web.lists.pages import ListPage, Reading


def choose(request: ActorRequest, page: ListPage) -> HttpResponse:
    """Show the columns; a button that moves one shows them again, the other two keep what is chosen."""
    read, _views, _form = reading.read(request, page)
    definition, actor = page.definition, request.actor
    labels = definition.columns_for(actor)
    first, *usable = labels
    shown = [column.key for column in shown_columns(definition, actor, read.state)[1:]]
    order = [*shown, *(key for key in usable if key not in shown)]
    chosen = set(shown)
    if request.method == "POST":
        order = _known([*request.POST.getlist("order"), *usable], usable)
        chosen = set(request.POST.getlist("column")) & set(usable)
        if "move" not in request.POST:
            return _keep(request, read, [] if "usual" in request.POST else [key for key in order if key in chosen])
        order = _moved(order, request.POST["move"])
    context = {
        "title": _("Choose columns"),
        "list_label": definition.label,
        "first": labels[first].label,
        "lines": [_line(key, str(labels[key].label), order, chosen) for key in order],
        "list_url": read.address(),
    }
    return render(request, "lists/columns.html", context)


def _keep(request: ActorRequest, read: Reading, columns: list[str]) -> HttpResponse:
    """Remember the columns for this reader, and go back to the list as it was, which then shows them."""
    page = read.page
    services.remember_columns(actor=request.actor, definition=page.definition, columns=tuple(columns))
    messages.success(request, _("The columns were changed."))
    parts = {name: value for name, value in read.parameters().items() if name not in {"columns", "view"}}
    return redirect(f"{page.url()}?{urlencode(parts)}")


def _known(keys: Sequence[str], usable: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(key for key in keys if key in usable))


def _moved(order: list[str], move: str) -> list[str]:
    """The order with one column a place up or down; `move` is such as `up:status`."""
    direction, _colon, key = move.partition(":")
    if key not in order or direction not in {"up", "down"}:
        return order
    place = order.index(key)
    other = max(place - 1, 0) if direction == "up" else min(place + 1, len(order) - 1)
    order[place], order[other] = order[other], order[place]
    return order


def _line(key: str, label: str, order: list[str], chosen: set[str]) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "is_chosen": key in chosen,
        "is_first": key == order[0],
        "is_last": key == order[-1],
    }
