"""Paging by key: a page starts after the last row of the one before, so that page 100 costs no more than page 1.

The address names a row, never its sort value, which may be somebody's name.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Count, DateField, DateTimeField, F, Func, IntegerField, QuerySet, Value
from django.db.models import Window as Over
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce, Least

from opensponsor.core.statements import Given

# What stands for no moment; a day off the ends of what can be stored, whatever the time zone.
EARLIEST = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
LATEST = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: the path of a field, rows of the same value by id.

    `missing` is the date or moment that stands for none at all, where the field may be empty. `worked_out` is the sort
    value where it stands in no field.
    """

    path: str
    is_descending: bool = False
    missing: dt.date | None = None
    worked_out: Combinable | None = None

    @property
    def key(self) -> Combinable:
        """The sort value of a row, never null."""
        if self.worked_out is not None:
            return self.worked_out
        if self.missing is None:
            return F(self.path)
        field = DateTimeField() if isinstance(self.missing, dt.datetime) else DateField()
        return Coalesce(self.path, Value(self.missing, field))

    @property
    def reverse(self) -> "Order":
        """The same list from its other end."""
        return dataclasses.replace(self, is_descending=not self.is_descending)


@dataclass(frozen=True, slots=True)
class Window:
    """Which page: the first, or the one after or before a row."""

    size: int
    after: UUID | None = None
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The ids of the rows of a page, whether there are more either side, and how many rows the list has.

    The total is counted up to one more than was asked for, and no further.
    """

    ids: tuple[UUID, ...]
    has_previous: bool
    has_next: bool
    total: int


class Side(Enum):
    """Which rows are asked for: the first of a list, or those beside a row."""

    FIRST = "FIRST"
    AFTER = "AFTER"
    BEFORE = "BEFORE"


# The ids beside the anchor with the capped total of the list beside each, one more than fit on a page.
Ask = Callable[[Side, UUID | None], list[tuple[UUID, int]]]


def page_of(ask: Ask, window: Window) -> Page:
    """The page that the window names.

    A row that is not there any more starts again at the first page, and so does a page before which fewer rows are
    left than fit on one.
    """
    if window.before is not None:
        lines = ask(Side.BEFORE, window.before)
        if len(lines) >= window.size:
            ids = tuple(case_id for case_id, _total in reversed(lines[: window.size]))
            return Page(ids, has_previous=len(lines) > window.size, has_next=True, total=lines[0][1])
    elif window.after is not None:
        lines = ask(Side.AFTER, window.after)
        if lines:
            ids = tuple(case_id for case_id, _total in lines[: window.size])
            return Page(ids, has_previous=True, has_next=len(lines) > window.size, total=lines[0][1])
    lines = ask(Side.FIRST, None)
    ids = tuple(case_id for case_id, _total in lines[: window.size])
    total = lines[0][1] if lines else 0
    return Page(ids, has_previous=False, has_next=len(lines) > window.size, total=total)


def lines_of(
    rows: QuerySet[Any], order: Order, side: Side, size: int, *, within: QuerySet[Any], most_counted: int
) -> QuerySet[Any, tuple[UUID, int]]:
    """What answers an `Ask` in one statement, with a place for the `anchor`. It is looked up `within`, where it may
    have left the list since. The total says one more than `most_counted` for more.
    """
    towards = order.reverse if side is Side.BEFORE else order
    if side is Side.FIRST and order.worked_out is not None:
        # All of them are read before the first is known, and counted on the way.
        total: Combinable = Least(Over(Count("*")), Value(most_counted + 1))
    else:
        total = _total(rows, most_counted + 1)
    found = ordered(rows, towards)
    if side is not Side.FIRST:
        place = within.filter(pk=Given("anchor")).order_by().annotate(sort_key=order.key)
        found = found.filter(_Follows(place.values_list("sort_key", "pk"), towards))
    lines: QuerySet[Any, tuple[UUID, int]] = found.annotate(total=total).values_list("pk", "total")[: size + 1]
    return lines


def ordered(rows: QuerySet[Any], order: Order) -> QuerySet[Any]:
    """The rows in this order, with their sort value as `sort_key`."""
    keyed: QuerySet[Any] = rows.annotate(sort_key=order.key)
    related, _between, _field = order.path.rpartition("__")
    if related and order.worked_out is None:
        # An inner join, which lets an index of the other table lead.
        keyed = keyed.filter(**{f"{related}__isnull": False})
    return keyed.order_by("-sort_key", "-pk") if order.is_descending else keyed.order_by("sort_key", "pk")


class _Follows(Func):
    """That a row comes after the one that `place` finds, in the same statement; false for every row if it finds none.

    Value and id are compared at once, as an index of both has them.
    """

    def __init__(self, place: QuerySet[Any], order: Order) -> None:
        super().__init__(F("sort_key"), F("pk"), output_field=BooleanField())
        self.place, self.sign = place, "<" if order.is_descending else ">"

    def as_sql(self, compiler: Any, connection: Any, *_more: Any, **_options: Any) -> tuple[str, tuple[Any, ...]]:
        """A comparison of two columns with the two that a statement in brackets gives."""
        found = [compiler.compile(one) for one in self.get_source_expressions()]
        place, values = self.place.query.sql_with_params()
        columns = ", ".join(text for text, _values in found)
        given = (value for _text, values in found for value in values)
        return f"({columns}) {self.sign} ({place})", (*given, *values)


def _total(rows: QuerySet[Any], most: int) -> Combinable:
    """How many rows the list has: a part of the same statement that PostgreSQL works out once."""
    try:
        counted, values = rows.order_by().values("pk")[:most].query.sql_with_params()
    except EmptyResultSet:
        return Value(0)
    text = f"(SELECT count(*) FROM ({counted}) counted)"  # noqa: S608 - Django's own text and its own parameters
    return RawSQL(text, values, output_field=IntegerField())  # noqa: S611
