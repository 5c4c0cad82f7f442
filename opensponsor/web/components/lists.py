"""What stands around a list, and the lists that are not tables."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components import fragments
from opensponsor.web.components.actions import button, csrf_field
from opensponsor.web.components.markup import element, hidden, joined
from opensponsor.web.components.shapes import Action, Link, Task, Tile


def filter_panel(
    form: forms.BaseForm,
    kept: Iterable[tuple[str, Any]] = (),
    url: str = "",
    clear_url: str = "",
    is_open: bool = False,
) -> dict[str, Any]:
    """The filters of a list, closed until wanted. `kept` are the other parts of the address: view, sort, columns.

    A form with a `fragment_key` looks the same wherever the key is the same: its fields are made once and kept.
    """
    key = getattr(form, "fragment_key", None)
    fields = _fields(form) if key is None else fragments.kept(("filters", key), lambda: _fields(form))
    return {"form": form, "fields": fields, "kept": kept, "url": url, "clear_url": clear_url, "is_open": is_open}


def _fields(form: forms.BaseForm) -> SafeString:
    return joined((*(field.as_field_group() for field in form.visible_fields()), *form.hidden_fields()))


def filter_tags(chosen: Iterable[Link], clear_url: str = "") -> SafeString:
    """The chosen filters, always in sight above the table; each link takes one away."""
    items = [
        element(
            "li",
            element(
                "a",
                element("span", "✕ ", aria_hidden="true"),
                hidden(_("Remove filter")),
                " ",
                one.label,
                href=one.url,
                class_="os-tags__link",
            ),
        )
        for one in chosen
    ]
    if not items:
        return joined(())
    if clear_url:
        items.append(element("li", element("a", _("Clear all"), href=clear_url, class_="govuk-link")))
    return element("ul", *items, class_="os-tags", aria_label=_("Chosen filters"))


def bulk_form(
    context: Context,
    content: Any,
    url: str,
    actions: Iterable[Action],
    total: Any = "",
    kept: Iterable[tuple[str, Any]] = (),
) -> SafeString:
    """A table whose rows can be chosen, with the buttons for the chosen ones.

    Each action is a button; its `url` receives the names of the chosen rows, or `all_rows=1` for every row of the list.
    `total` offers that choice ("all 312 rows"); `kept` are the filters the server needs to find them again.
    """
    words = element("span", _("Chosen rows:"), " ", element("span", "0", id="picked-count"), class_="os-js-only")
    every = (
        element(
            "label",
            element("input", type="checkbox", class_="os-tick", name="all_rows", value="1"),
            total,
            class_="os-choice",
        )
        if total
        else ""
    )
    buttons = (button(one.label, one.kind, url=one.url) for one in actions)
    bar = element("div", words, every, *buttons, class_="os-bulk")
    fields = (element("input", type="hidden", name=name, value=value) for name, value in kept)
    return element("form", csrf_field(context), *fields, bar, content, method="post", action=url)


def task_list(tasks: Iterable[Task], empty: Any = "") -> dict[str, Any]:
    """What is to be done, each saying why it is there and what clears it."""
    return {"tasks": list(tasks), "empty": empty or _("Nothing to do here.")}


def tiles(figures: Iterable[Tile]) -> dict[str, Any]:
    """Figures, each a link to the list it counts."""
    return {"tiles": list(figures)}
