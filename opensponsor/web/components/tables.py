"""Tables of many rows. Put together in Python: a template per cell would cost more than the database does."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components.markup import element, escaped, hidden, joined, trusted
from opensponsor.web.components.shapes import Column, Link, Pages, Table, TableRow

ARROWS = {"ascending": " ▲", "descending": " ▼"}


def heading(column: Column) -> SafeString:
    """The heading of a column.

    A plain link where it sorts, so that it sorts the whole list and works without JavaScript.
    """
    words: Any = column.label
    if column.sort_url:
        arrow = element("span", ARROWS[column.direction], aria_hidden="true") if column.direction else ""
        words = element("a", column.label, arrow, href=column.sort_url, class_="govuk-link os-sort")
    return element("th", words, scope="col", class_=_class(column) or None, aria_sort=column.direction or None)


def head(table: Table) -> SafeString:
    """The row of headings."""
    first = [element("td", hidden(_("Choose")), class_="os-pick")] if table.pick else []
    return element("thead", element("tr", *first, *(heading(column) for column in table.columns)))


def body(table: Table) -> SafeString:
    """All rows. What is the same in every row is made once, before the first."""
    starts = [_start_of_cell(column) for column in table.columns]
    pick = _start_of_pick(table.pick) if table.pick else None
    return element("tbody", trusted("".join(_row(row, starts, pick) for row in table.rows)))


def _start_of_cell(column: Column) -> str:
    class_ = f' class="{_class(column)}"' if _class(column) else ""
    return f'<td{class_} data-label="{escaped(str(column.label))}">'


def _class(column: Column) -> str:
    return "n" if column.is_number else "d" if column.is_day else ""


def _start_of_pick(name: str) -> tuple[str, str, str]:
    label = escaped(str(_("Choose")))
    return (
        f'<td class="os-pick"><input type="checkbox" class="os-tick" name="{escaped(str(name))}" value="',
        f'" aria-label="{label} ',
        '"></td>',
    )


def _row(row: TableRow, starts: list[str], pick: tuple[str, str, str] | None) -> str:
    cells = []
    if pick:
        before, between, after = pick
        cells.append(
            f"{before}{escaped(str(row.pick))}{between}{escaped(str(row.pick_name))}{after}"
            if row.pick
            else '<td class="os-pick"></td>'
        )
    cells.append(f'<th scope="row">{escaped(row.cells[0])}</th>')
    cells += [f"{start}{escaped(cell)}</td>" for start, cell in zip(starts[1:], row.cells[1:], strict=True)]
    return f"<tr>{''.join(cells)}</tr>"


def data_table(table: Table) -> SafeString:
    """The table, or what to do when it has no rows. On a phone each row is a card with the headings as labels."""
    rows = tuple(table.rows)
    if not rows:
        return empty_state(table.empty or _("There is nothing here."), table.empty_actions, table.element_id)
    shown = Table(table.caption, table.columns, rows, pick=table.pick)
    caption = element("caption", hidden(table.caption) if table.is_caption_hidden else table.caption)
    inside = element(
        "table",
        caption,
        head(shown),
        body(shown),
        class_="os-table os-table--stack",
        data_select_all=_("Choose all rows on this page") if table.pick else None,
        data_count_in="picked-count" if table.pick else None,
    )
    return element("div", inside, class_="os-table-region", id=table.element_id)


def empty_state(text: Any, actions: tuple[Link, ...] = (), element_id: str = "") -> SafeString:
    """A list without rows: says why, and what can be done."""
    links = (
        element(
            "p",
            joined((element("a", one.label, href=one.url, class_="govuk-link") for one in actions), " · "),
            class_="govuk-body",
        )
        if actions
        else ""
    )
    return element("div", element("p", text, class_="govuk-body"), links, class_="os-empty", id=element_id or None)


def pagination(pages: Pages) -> SafeString:
    """The neighbouring pages and the choice of page size; nothing to choose, nothing shown."""
    moves = [
        element("li", element("a", words, href=url, rel=rel, class_="govuk-link"))
        for url, rel, words in (
            (pages.previous_url, "prev", _("Previous page")),
            (pages.next_url, "next", _("Next page")),
        )
        if url
    ]
    shown = element("span", pages.shown) if pages.shown else ""
    list_of_moves = element("ul", *moves) if moves else ""
    if not (shown or moves or pages.sizes):
        return joined(())
    return element("nav", shown, list_of_moves, _sizes(pages.sizes), class_="os-pages", aria_label=_("Pages"))


def _sizes(sizes: tuple[Link, ...]) -> Any:
    if not sizes:
        return ""
    items = (
        element(
            "li",
            element("a", one.label, href=one.url, class_="govuk-link", aria_current="true" if one.is_current else None),
        )
        for one in sizes
    )
    return joined((element("span", _("Rows on a page:")), element("ul", *items)))
