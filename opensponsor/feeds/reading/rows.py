"""What a reader hands on: one row, where it stands, and what was wrong with it as a row."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from opensponsor.feeds.codes import Reason
from opensponsor.feeds.reading import limits
from opensponsor.feeds.rules.fields import Problem


class Row(NamedTuple):
    """Filled fields by name, the line it begins on (the first of the file is 1), and what is wrong with it.

    `is_row` is false where nothing more can be said about it than the problem.
    """

    line: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    is_row: bool = True


def broken(line: int, reason: Reason, value: str = "") -> Row:
    """A row that cannot be told apart into fields."""
    return Row(line, {}, (Problem("", reason.value, value),), is_row=False)


def too_long(values: Mapping[str, Any]) -> tuple[Problem, ...]:
    """The fields that are longer than any may be."""
    return tuple(
        Problem(name, Reason.TOO_LONG.value, str(value))
        for name, value in values.items()
        if len(value if isinstance(value, str) else str(value)) > limits.MAX_FIELD
    )
