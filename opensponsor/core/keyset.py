"""Paging by key: a page starts after the last row of the one before, so that page 100 costs no more than page 1.

The address names a row, never its sort value, which may be somebody's name.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: the path of a field, rows of the same value by id.

    `missing` is the date that stands for no date at all, where the field may be empty.
    """

    path: str
    is_descending: bool = False
    missing: dt.date | None = None

    @property
    def key(self) -> Combinable:
        """The sort value of a row, never null."""
        return Coalesce(self.path, Value(self.missing, DateField())) if self.missing else F(self.path)

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
    """The ids of the rows of a page, and whether there are more either side."""

    ids: tuple[UUID, ...]
    has_previous: bool
    has_next: bool


def page_of(rows: QuerySet[Any], order: Order, window: Window, *, within: QuerySet[Any]) -> Page:
    """The page of `rows`. The row that the window names is looked up `within`, where it may have left the list since.

    A row that is not there any more starts again at the first page, and so does a page before which fewer rows are
    left than fit on one.
    """
    if window.before is not None:
        ids = _ids(rows, order.reverse, window.before, window.size, within)
        if ids is not None and len(ids) >= window.size:
            return Page(tuple(reversed(ids[: window.size])), has_previous=len(ids) > window.size, has_next=True)
    elif window.after is not None:
        ids = _ids(rows, order, window.after, window.size, within)
        if ids is not None:
            return Page(tuple(ids[: window.size]), has_previous=True, has_next=len(ids) > window.size)
    ids = list(ordered(rows, order).values_list("pk", flat=True)[: window.size + 1])
    return Page(tuple(ids[: window.size]), has_previous=False, has_next=len(ids) > window.size)


def ordered(rows: QuerySet[Any], order: Order) -> QuerySet[Any]:
    """The rows in this order, with their sort value as `sort_key`."""
    keyed: QuerySet[Any] = rows.annotate(sort_key=order.key)
    return keyed.order_by("-sort_key", "-pk") if order.is_descending else keyed.order_by("sort_key", "pk")


def _ids(rows: QuerySet[Any], order: Order, anchor: UUID, size: int, within: QuerySet[Any]) -> list[UUID] | None:
    """One id more than fit on the page, those following the anchor; None where there is no such row."""
    found = list(within.filter(pk=anchor).annotate(sort_key=order.key).values_list("sort_key", flat=True))
    if not found:
        return None
    (value,) = found
    side = "lt" if order.is_descending else "gt"
    # A range on the first column, which the index answers, and the tie within it.
    follows = Q(**{f"sort_key__{side}e": value}) & (Q(**{f"sort_key__{side}": value}) | Q(**{f"pk__{side}": anchor}))
    return list(ordered(rows, order).filter(follows).values_list("pk", flat=True)[: size + 1])
