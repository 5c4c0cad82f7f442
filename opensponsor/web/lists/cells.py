"""Cells of lists: finished text. What is the same for every row is made once, before the first."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opensponsor.cases.states import CaseKind
from opensponsor.core.hiding import Hidden
from opensponsor.saved_views.columns import Column, Shape
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import TableRow
from opensponsor.web.lists.pages import ListPage
from opensponsor.web.records.addresses import record_url

_ANY_ID = UUID(int=0)
Reader = Callable[[Any], Any]


def table_rows(page: ListPage, columns: Sequence[Column], rows: Sequence[Any], *, is_pickable: bool) -> list[TableRow]:
    """The rows of the table. The first column links to the record."""
    before, after = page.record_urls()
    readers = [_reader(column) for column in columns]
    opens = attrgetter(page.opens)

    def row_of(row: Any) -> TableRow:
        first = cells.link(f"{before}{opens(row)}{after}", readers[0](row))
        rest = (read(row) for read in readers[1:])
        return TableRow((first, *rest), pick=str(row.case_id) if is_pickable else "", pick_name=name_of(row))

    return [row_of(row) for row in rows]


def name_of(row: Any) -> str:
    """What a row is called where its check box stands and in confirmations: its reference, and its name if it shows."""
    return row.reference if isinstance(row.title, Hidden) or not row.title else f"{row.title} ({row.reference})"


def _reader(column: Column) -> Reader:
    if column.leads_to:
        return _link_reader(column, *column.leads_to)
    value_of = attrgetter(column.key)
    if column.shape is Shape.DATE:
        return lambda row: cells.short_day(value_of(row))
    if column.shape is Shape.YES_NO:
        yes = _("Yes")
        return lambda row: yes if value_of(row) else ""
    if column.choices is None:
        return lambda row: _text(value_of(row))
    labels = _labels(column.choices, column.shape is Shape.STATUS, get_language())
    return lambda row: labels.get(value_of(row), "")


@cache
def _labels(choices: type[models.TextChoices], is_status: bool, language: str | None) -> Mapping[str, str]:
    """The words of each code in the language, of a status as its tag."""
    labels = {str(code): str(label) for code, label in choices.choices}
    return {code: cells.status_tag(code, label) for code, label in labels.items()} if is_status else labels


def _link_reader(column: Column, kind: CaseKind, attribute: str) -> Reader:
    """A link to another record, where the row has one that the reader may open."""
    before, after = record_url(kind, _ANY_ID).split(str(_ANY_ID))
    case_id_of = attrgetter(attribute)

    def read(row: Any) -> Any:
        case_id, words = case_id_of(row), _text(column.value(row))
        return cells.link(f"{before}{case_id}{after}", words) if case_id and words else words

    return read


def _text(value: Any) -> Any:
    return "" if value is None or isinstance(value, Hidden) else value
