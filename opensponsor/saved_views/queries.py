"""Reading lists: a page of rows, all of its rows, and the views that a person saved."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from opensponsor.cases.permissions import person
from opensponsor.core import clock, statements
from opensponsor.core.actor import Actor, Scope
from opensponsor.core.keyset import Order, Side, Window, lines_of, ordered, page_of
from opensponsor.core.refusals import NotVisible
from opensponsor.core.statements import Given
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.finding import best_match
from opensponsor.saved_views.models import Export, SavedView
from opensponsor.saved_views.state import BEST_MATCH, ListState, narrowed

# Totals are counted so far and no further: nobody reads a list of more, and counting all of a nation is slow.
MOST_COUNTED = 1_000
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list. `total` is capped: of more than MOST_COUNTED rows it says one more than that."""

    rows: Sequence[Any]
    total: int
    has_previous: bool
    has_next: bool

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.total > MOST_COUNTED


def list_page(actor: Actor, definition: ListDefinition, state: ListState, window: Window) -> ListPage:
    """A page of the list: the ids of the page and the total first, then the rows of those ids."""
    page = page_of(partial(_lines, actor, definition, state, window.size), window)
    rows = definition.rows(actor, page.ids) if page.ids else []
    return ListPage(rows, page.total, page.has_previous, page.has_next)


def _lines(
    actor: Actor, definition: ListDefinition, state: ListState, size: int, side: Side, anchor: UUID | None
) -> list[tuple[UUID, int]]:
    """Lines of a list. The statement is kept, unless names are looked for: nobody's name is kept."""
    kept = (id(definition), state.sort, state.is_descending, tuple(state.filters.items()), clock.today(), MOST_COUNTED)
    asked = _Asked((actor, side, size, *kept), actor, definition, state, side, size)
    if state.names:
        return statements.run_once(asked(actor.reads), anchor=anchor)
    return statements.run(asked, actor.reads, anchor=anchor)


@dataclass(frozen=True, slots=True)
class _Asked:
    """How lines of a list are asked for. Equal where everything is that the statement depends on: `kept`."""

    kept: tuple[Hashable, ...]
    actor: Actor = field(compare=False)
    definition: ListDefinition = field(compare=False)
    state: ListState = field(compare=False)
    side: Side = field(compare=False)
    size: int = field(compare=False)

    def __call__(self, scope: Scope) -> QuerySet[Any, tuple[UUID, int]]:
        """The lines; the scope is that of the actor."""
        return lines_of(
            narrowed(self.definition, self.actor, self.state),
            order_of(self.definition, self.actor, self.state),
            self.side,
            self.size,
            within=self.definition.scope(self.actor),
            most_counted=MOST_COUNTED,
        )


def order_of(definition: ListDefinition, actor: Actor, state: ListState) -> Order:
    """How the state sorts the list: by a column, or what is looked for by how well it fits, then by name."""
    if state.sort == BEST_MATCH:
        return Order(definition.search.name, worked_out=best_match(state.names, definition.search))
    return definition.columns_for(actor)[state.sort].order(is_descending=state.is_descending)


def chosen_rows(actor: Actor, definition: ListDefinition, case_ids: Sequence[UUID]) -> Sequence[Any]:
    """These rows of the list, all of them. Raises NotVisible when the actor does not see one."""
    rows = definition.rows(actor, case_ids)
    if len(rows) != len(set(case_ids)):
        raise NotVisible
    return rows


def ids_of(actor: Actor, definition: ListDefinition, state: ListState, *, most: int) -> list[UUID]:
    """The ids of the whole list in its order, up to `most` of them."""
    cases = ordered(narrowed(definition, actor, state), order_of(definition, actor, state))
    return list(cases.values_list("pk", flat=True)[:most])


def rows_of(actor: Actor, definition: ListDefinition, case_ids: Sequence[UUID]) -> Iterator[Any]:
    """The rows of these cases, read so many at a time that memory stays small."""
    for start in range(0, len(case_ids), _ROWS_AT_ONCE):
        yield from definition.rows(actor, case_ids[start : start + _ROWS_AT_ONCE])


@dataclass(frozen=True, slots=True)
class Views:
    """The views that a person saved of a list, by name, and the columns they used last."""

    named: tuple[SavedView, ...]
    last_columns: str = ""

    @property
    def default(self) -> SavedView | None:
        """The view that opens first."""
        return next((view for view in self.named if view.is_default), None)

    def find(self, view_id: str) -> SavedView | None:
        """The view with this id, if it is one of them."""
        return next((view for view in self.named if str(view.pk) == view_id), None)


def views_of(actor: Actor, definition: ListDefinition) -> Views:
    """The actor's own views of the list."""
    found: list[SavedView] = statements.run(_views, Scope(), user=person(actor), list_key=definition.key)
    last = next((view.parameters.get("columns", "") for view in found if not view.name), "")
    return Views(tuple(view for view in found if view.name), last)


def _views(scope: Scope) -> QuerySet[SavedView]:
    """The views that a person has of a list, whatever they may see there."""
    return SavedView.objects.filter(user_id=Given("user"), list_key=Given("list_key")).order_by("name", "pk")


def get_view(actor: Actor, view_id: UUID) -> SavedView:
    """A named view of the actor's own. Raises NotVisible."""
    view = SavedView.objects.filter(user_id=person(actor), pk=view_id).exclude(name="").first()
    if view is None:
        raise NotVisible
    return view


def get_export(actor: Actor, export_id: UUID) -> Export:
    """An export of the actor's own, made for the organisation that they act for. Raises NotVisible."""
    export: Export | None = _exports(actor).filter(pk=export_id).first()
    if export is None:
        raise NotVisible
    return export


def recent_exports(actor: Actor) -> list[Export]:
    """The actor's latest exports, the newest first."""
    return list(_exports(actor).order_by("-created_at")[:20])


def _exports(actor: Actor) -> QuerySet[Export]:
    return Export.objects.filter(user_id=person(actor), organisation_id=actor.organisation_id)
