"""What a list is made of: where its rows come from, its columns, its filters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import may_see
from opensponsor.identity.permissions import Permission
from opensponsor.saved_views.columns import Column
from opensponsor.saved_views.filters import Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDefinition:
    """A list of cases of one kind. The first column names the row; columns stand in their usual order."""

    key: str
    kind: CaseKind
    label: str | Promise
    permission: Permission
    cases: Callable[[Actor], QuerySet[Case]]
    rows: Callable[[Actor, Sequence[UUID]], Sequence[Any]]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    default_sort: str
    empty: str | Promise

    def columns_for(self, actor: Actor) -> dict[str, Column]:
        """The columns that the actor may have, by key."""
        return {column.key: column for column in self.columns if column.is_for(actor)}

    def filters_for(self, actor: Actor) -> dict[str, Filter]:
        """The filters that the actor may use, by key."""
        return {one.key: one for one in self.filters if one.is_for(actor)}

    def finds_names(self, actor: Actor) -> bool:
        """Whether the actor may look for names in the list."""
        return may_see(actor, Case, "title")
