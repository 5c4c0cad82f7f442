"""What a reader sees of a list: filters, sort, columns, page size. All of it stands in the address, but for names."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from opensponsor.cases.models import OnCase
from opensponsor.core.actor import Actor
from opensponsor.core.scoping import owned_in
from opensponsor.saved_views.columns import Column
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.finding import found

SIZES = (20, 50, 100)
USUAL_SIZE = 50
# The order of a list in which names are looked for, unless it is sorted by a column.
BEST_MATCH = "match"


@dataclass(frozen=True, slots=True)
class ListState:
    """A way of looking at a list.

    `columns` were chosen for this address, `remembered` are those the reader used last. `names` are words looked for
    in names: they never enter an address or a saved view.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    is_descending: bool = False
    columns: tuple[str, ...] = ()
    remembered: tuple[str, ...] = ()
    size: int = USUAL_SIZE
    names: str = ""

    def parameters(self) -> dict[str, str]:
        """The state as parts of an address, and as it is kept in a saved view.

        A filter is named where it differs from what stands when nothing is said, so that what was cleared stays so.
        """
        parts = {key: value for key, value in self.filters.items() if value != self.defaults.get(key, "")}
        parts["sort"] = ("-" if self.is_descending else "") + self.sort
        if self.columns:
            parts["columns"] = ",".join(self.columns)
        if self.size != USUAL_SIZE:
            parts["size"] = str(self.size)
        return parts

    def with_filter(self, key: str, value: str) -> "ListState":
        """The same with one filter set, or with an empty value cleared."""
        return dataclasses.replace(self, filters={**self.filters, key: value})

    def cleared(self) -> "ListState":
        """The same without any filter."""
        return dataclasses.replace(self, filters=dict.fromkeys(self.filters, ""), names="")

    def nameless(self) -> "ListState":
        """The same without words looked for in names."""
        return dataclasses.replace(self, names="")

    def sorted_by(self, key: str, *, is_descending: bool) -> "ListState":
        """The same in another order."""
        return dataclasses.replace(self, sort=key, is_descending=is_descending)

    def of_size(self, size: int) -> "ListState":
        """The same with so many rows on a page."""
        return dataclasses.replace(self, size=size)


def says_anything(definition: ListDefinition, parameters: Mapping[str, str]) -> bool:
    """Whether the parameters describe a state at all, or leave it to what the reader usually looks at."""
    known = {"sort", "columns", "size", *(one.key for one in definition.filters)}
    # A date may come from three boxes, whose names begin with that of the filter.
    return any(name in known or name.rpartition("_")[0] in known for name in parameters)


def state_of(
    definition: ListDefinition, actor: Actor, parameters: Mapping[str, str], *, names: str = "", remembered: str = ""
) -> ListState:
    """The state that parameters describe, as far as this actor may have it. What is not understood is left out."""
    columns, filters = definition.columns_for(actor), definition.filters_for(actor)
    names = names if definition.finds_names(actor) else ""
    sort = parameters.get("sort", "") or BEST_MATCH
    sortable = [*([BEST_MATCH] if names else []), *(key for key, column in columns.items() if column.sort)]
    key = next((one for one in (sort.removeprefix("-"), definition.default_sort) if one in sortable), sortable[0])
    size = parameters.get("size", "")
    return ListState(
        filters={key: parameters.get(key, one.default) for key, one in filters.items()},
        defaults={key: one.default for key, one in filters.items()},
        sort=key,
        is_descending=sort.startswith("-") and BEST_MATCH != key == sort[1:],
        columns=_known(parameters.get("columns", ""), columns),
        remembered=_known(remembered, columns),
        size=int(size) if size in map(str, SIZES) else USUAL_SIZE,
        names=names,
    )


def _known(keys: str, columns: Mapping[str, Column]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in keys.split(",") if key in columns))


def shown_columns(definition: ListDefinition, actor: Actor, state: ListState) -> list[Column]:
    """The columns in the order of the state, or the usual ones; the one that names the row comes first always."""
    columns = definition.columns_for(actor)
    usual = [key for key, column in columns.items() if column.is_default]
    first = next(iter(columns))
    keys = [first, *(key for key in state.columns or state.remembered or usual if key in columns and key != first)]
    return [columns[key] for key in keys]


def narrowed(definition: ListDefinition, actor: Actor, state: ListState) -> QuerySet[Any]:
    """The rows that the actor may see and that fit the state."""
    rows: QuerySet[Any] = definition.scope(actor)
    chosen = [(one, value) for key, one in definition.filters_for(actor).items() if (value := state.filters.get(key))]
    for one, value in chosen:
        rows = one.narrow(rows, value, actor)
    # What hangs on a case has its owner: said of that table too, an index of it finds the few rows that fit.
    for relation in sorted({_record_beside(rows, one.path) for one, _value in chosen} - {""}):
        rows = rows.filter(owned_in(actor, relation))
    return found(rows, state.names, definition.search) if state.names else rows


def _record_beside(rows: QuerySet[Any], path: str) -> str:
    """The name of the record that hangs on the case of the row and has the field; empty for other fields."""
    first, _between, rest = path.partition("__")
    related = rows.model._meta.get_field(first).related_model if rest else None
    return first if isinstance(related, type) and issubclass(related, OnCase) else ""


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    """A filter that narrows the list: `key` is empty for the words looked for in names."""

    key: str
    label: str
    words: str


def chosen_filters(definition: ListDefinition, actor: Actor, state: ListState) -> Iterator[ChosenFilter]:
    """What narrows the list, in words."""
    for key, one in definition.filters_for(actor).items():
        value = state.filters.get(key, "")
        words = one.words(value, one.options(actor)) if value else ""
        if words:
            yield ChosenFilter(key, str(one.label), words)
