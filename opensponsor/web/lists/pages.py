"""What a list is on the web: its definition, and the names of the pages around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from opensponsor.core.actor import Actor
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.state import ListState

_ANY_ID = UUID(int=0)


def nobody(actor: Actor) -> bool:
    """Who adds rows to a list that follows a feed."""
    return False


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list with its namespace, which usually holds the record pages of its rows too (`namespace:record`).

    `record_name` says where else a row leads, and `opens` which attribute of the row stands in that address. `about`
    is a line under the heading.
    """

    definition: ListDefinition
    namespace: str
    add_label: str | Promise = ""
    may_add: Callable[[Actor], bool] = nobody
    record_name: str = ""
    opens: str = "case_id"
    about: Callable[[], Any] | None = None

    def url(self, name: str = "list", *arguments: object) -> str:
        """The address of a page of this list."""
        return reverse(f"{self.namespace}:{name}", args=arguments)

    def record_urls(self) -> tuple[str, str]:
        """What stands before and after the id in the address of a record, found once for all rows."""
        name = self.record_name or f"{self.namespace}:record"
        before, after = reverse(name, args=[_ANY_ID]).split(str(_ANY_ID))
        return before, after


@dataclass(frozen=True, slots=True)
class Reading:
    """How a reader looks at the list now. `search_id` stands in the address for words looked for in names."""

    page: ListPage
    state: ListState
    search_id: str = ""
    view_id: str = ""

    def parameters(self, state: ListState | None = None) -> dict[str, str]:
        """The parts of an address that show the list like this, or in another state of it."""
        state = state or self.state
        parts = state.parameters()
        if self.view_id and state == self.state:
            parts["view"] = self.view_id
        if self.search_id and state.names:
            parts["found"] = self.search_id
        return parts

    def address(self, state: ListState | None = None, name: str = "list", **more: str) -> str:
        """The address of the list, or of a page around it, in this state or another; a page of rows starts anew."""
        return f"{self.page.url(name)}?{urlencode({**self.parameters(state), **more})}"
