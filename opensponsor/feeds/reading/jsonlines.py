"""JSON Lines: one object on each line."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from opensponsor.feeds.codes import Reason, Refusal
from opensponsor.feeds.reading import limits
from opensponsor.feeds.reading.lines import Lines
from opensponsor.feeds.reading.rows import Row, broken, too_long
from opensponsor.feeds.rules.refusals import FileRefused


def read_objects(lines: Lines, first: str) -> Iterator[Row]:
    """Each object as a row, beginning with the line that was read already. Blank lines are left out."""
    text: str | None = first
    while text is not None:
        if text.strip():
            yield _row(lines, text)
        lines.begin_record()
        text = next(lines, None)


def _row(lines: Lines, text: str) -> Row:
    try:
        found = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        if not lines.is_ended:
            raise FileRefused(Refusal.TRUNCATED, line=lines.number) from error
        return broken(lines.number, Reason.NOT_JSON, text[:100])
    if not isinstance(found, dict):
        return broken(lines.number, Reason.NOT_OBJECT, text[:100])
    # Counting is quick, and hardly a row has so many.
    may_be_deep = text.count("{") + text.count("[") > limits.MAX_DEPTH
    if len(found) > limits.MAX_COLUMNS or (may_be_deep and _is_deep(found)):
        return broken(lines.number, Reason.WRONG_COLUMNS, text[:100])
    values = {name: value for name, value in found.items() if value is not None and value != ""}
    return Row(lines.number, values, too_long(values) if len(text) > limits.MAX_FIELD else ())


def _refuse_constant(name: str) -> Any:
    """NaN and Infinity are no JSON, though many programs write them."""
    raise ValueError(name)


def _is_deep(value: Any) -> bool:
    """Whether records and lists stand in each other deeper than any form has them."""
    level = [value]
    for _ in range(limits.MAX_DEPTH):
        level = [inner for one in level for inner in _inner(one)]
    return bool(level)


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
