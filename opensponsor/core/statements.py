"""Statements that are put together once by each process and then run with other values.

Every page asks the same few questions, and Django takes longer to put one together than PostgreSQL to answer it.
"""

import copy
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Lookup, QuerySet, Value
from django.utils.translation import get_language

from opensponsor.core.actor import Scope

# Some thirty kilobytes each.
MOST = 1_000
_KEPT: dict[Hashable, "_Statement | None"] = {}


class Given(Value):
    """Stands in a query set where a value of this name comes in each time."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str, ...]]:
        """A place for the value."""
        return "%s", (_Place(self.value),)


class _Place(str):
    """The name of a value, among values that are always the same."""

    __slots__ = ()


class Among(Lookup):
    """`Among(F("id"), Given("ids"))`: one of the elements of a list that is one value, whatever its length."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A comparison with the elements of an array."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        kind = self.lhs.output_field.db_type(connection)
        return f"{left} = ANY ({right}::{kind}[])", (*left_values, *right_values)


def among(path: str, ids: Iterable[UUID]) -> Among:
    """The condition that an id is one of these, however many: thousands of values would take long to put together."""
    return Among(F(path), Value(ids_text(ids)))


def run(make: Callable[[Scope], QuerySet[Any]], scope: Scope, **values: Any) -> list[Any]:
    """The rows of the query set that `make` puts together for a scope, with these values in its places.

    `make` is a function of a module, which knows the scope, the language of the page and nothing else of who asks, or a
    value that is equal to another only where it makes the same.
    """
    key = (make, scope, get_language())
    if key not in _KEPT:
        if len(_KEPT) >= MOST:
            _KEPT.clear()
        _KEPT[key] = _statement(make(scope))
    kept = _KEPT[key]
    return kept.rows(values) if kept else []


def run_once(found: QuerySet[Any], **values: Any) -> list[Any]:
    """The rows of a query set that is not kept, with these values in its places."""
    made = _statement(found)
    return made.rows(values) if made else []


def ids_text(ids: Iterable[UUID]) -> str:
    """Ids as PostgreSQL reads an array of them: one value is quoted instead of fifty. Strokes would take time."""
    return "{" + ",".join([one.hex for one in ids]) + "}"


def forget() -> None:
    """Put every statement together anew when it is asked next."""
    _KEPT.clear()


@dataclass(frozen=True, slots=True)
class _Statement:
    """A query set whose text is made; `converters` say how its columns are read."""

    found: QuerySet[Any]
    compiler: Any
    text: str
    values: tuple[Any, ...]
    converters: dict[int, Any]

    def rows(self, given: dict[str, Any]) -> list[Any]:
        """What it gives with these values."""
        filled = tuple(given[one] if isinstance(one, _Place) else one for one in self.values)
        compiler = copy.copy(self.compiler)
        # The connection of the present thread, and the text that is there already.
        compiler.connection = connections[self.found.db]
        compiler.as_sql = lambda *_args, **_options: (self.text, filled)
        compiler.get_converters = lambda _columns: self.converters
        found: Any = self.found.all()
        found.query.get_compiler = lambda *_args, **_options: compiler
        return list(found)


def _statement(found: QuerySet[Any]) -> _Statement | None:
    """None for a query set that cannot have a row."""
    compiler = found.query.get_compiler(found.db)
    try:
        text, values = compiler.as_sql()
    except EmptyResultSet:
        return None
    converters = compiler.get_converters([column for column, *_more in compiler.select])
    return _Statement(found, compiler, text, tuple(values), converters)
