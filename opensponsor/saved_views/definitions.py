"""What a list is made of: where its rows come from, its columns, its filters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise

from opensponsor.cases.models import Case
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import may_see
from opensponsor.identity.permissions import Permission
from opensponsor.saved_views.columns import Column
from opensponsor.saved_views.filters import Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSearch:
    """Where words that a reader looks for are found: a name in its form for searching, how it sounds, a reference.

    `source` is the field whose class of data decides who may look for names at all.
    """

    source: tuple[type[models.Model], str]
    name: str
    sound: str
    reference: str


OF_CASES = NameSearch(source=(Case, "title"), name="sort_title", sound="search_sound", reference="reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDefinition:
    """A list of cases of one kind, or of other rows that people see by organisation.

    The first column that the reader may have names the row; columns stand in their usual order. `scope` is what the
    actor may see, `row_id` the attribute of a row that holds its id there. Only cases are acted on many at a time.
    """

    key: str
    label: str | Promise
    permission: Permission
    scope: Callable[[Actor], QuerySet[Any]]
    rows: Callable[[Actor, Sequence[UUID]], Sequence[Any]]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    default_sort: str
    empty: str | Promise
    search: NameSearch = OF_CASES
    row_id: str = "case_id"

    @property
    def is_of_cases(self) -> bool:
        """Whether the rows are cases, which can be given to somebody."""
        return self.row_id == "case_id"

    def id_of(self, row: object) -> UUID:
        """The id of the row, by which the list is paged."""
        found: UUID = attrgetter(self.row_id)(row)
        return found

    def columns_for(self, actor: Actor) -> dict[str, Column]:
        """The columns that the actor may have, by key."""
        return {column.key: column for column in self.columns if column.is_for(actor)}

    def filters_for(self, actor: Actor) -> dict[str, Filter]:
        """The filters that the actor may use, by key."""
        return {one.key: one for one in self.filters if one.is_for(actor)}

    def finds_names(self, actor: Actor) -> bool:
        """Whether the actor may look for names in the list."""
        return may_see(actor, *self.search.source)
