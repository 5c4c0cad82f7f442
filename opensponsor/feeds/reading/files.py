"""A file as rows, whatever its format: told by its content, never by its name."""

from collections.abc import Iterable, Iterator
from typing import Any

from opensponsor.feeds.codes import Notice, Refusal
from opensponsor.feeds.reading import limits
from opensponsor.feeds.reading.jsonlines import read_objects
from opensponsor.feeds.reading.lines import Lines
from opensponsor.feeds.reading.rows import Row
from opensponsor.feeds.reading.tables import read_table
from opensponsor.feeds.rules.refusals import FileRefused

# Enough names to be sure that a file is odd; the rest is not remembered.
_MOST_NAMES = 10 * limits.MAX_COLUMNS


class File:
    """The rows of a file that comes in pieces, read once. `rows` counts them; `notices` is complete after the last.

    `key` names the column that tells rows apart, `known` the columns the file may have. `expected` are those that a
    table should have; None means that the file may not be a table. Raises FileRefused at the first thing that makes
    the whole file unfit, which may be its end.
    """

    def __init__(
        self, chunks: Iterable[bytes], *, key: str, known: frozenset[str], expected: frozenset[str] | None
    ) -> None:
        self.rows = 0
        self._lines = Lines(chunks)
        self._key = key
        self._known = known
        self._is_table_too = expected is not None
        self._expected = expected or frozenset()
        self._names: set[str] = set()
        self._missing: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Row]:
        for row in self._read():
            self.rows += 1
            if self.rows > limits.MAX_ROWS:
                raise FileRefused(Refusal.TOO_MANY_ROWS)
            yield row

    @property
    def notices(self) -> list[dict[str, Any]]:
        """Columns that nobody knows, and those that are missing, by code; at most a few names, and how many in all."""
        found = {
            Notice.UNKNOWN_COLUMNS: sorted(self._names - self._known),
            Notice.MISSING_COLUMNS: sorted(self._missing),
        }
        return [
            {"code": code.value, "names": [_shown(name) for name in names[: limits.MAX_NAMES]], "count": len(names)}
            for code, names in found.items()
            if names
        ]

    def _read(self) -> Iterator[Row]:
        first = next((line for line in self._lines if line.strip()), None)
        if first is None:
            raise FileRefused(Refusal.EMPTY)
        beginning = first.lstrip()[0]
        if beginning == "[":
            raise FileRefused(Refusal.JSON_ARRAY)
        if beginning == "{":
            return self._read_objects(first)
        if not self._is_table_too:
            raise FileRefused(Refusal.NOT_CSV_HERE)
        return self._read_table(first)

    def _read_objects(self, first: str) -> Iterator[Row]:
        are_rows = False
        try:
            for row in read_objects(self._lines, first):
                are_rows = are_rows or row.is_row
                if len(self._names) < _MOST_NAMES:
                    self._names |= row.values.keys()
                yield row
        except FileRefused as refusal:
            # One record over several lines ends like a file that breaks off.
            if refusal.code != Refusal.TRUNCATED or are_rows or not self.rows:
                raise
        if not are_rows:
            raise FileRefused(Refusal.NOT_JSON_LINES)
        if self._key not in self._names:
            raise FileRefused(Refusal.NO_KEY_COLUMN, column=self._key)

    def _read_table(self, first: str) -> Iterator[Row]:
        self._lines.put_back(first)
        for names, row in read_table(self._lines, self._key):
            if row is None:
                self._names |= set(names)
                self._missing = self._expected - self._names
            else:
                yield row
        if not self.rows:
            raise FileRefused(Refusal.NO_ROWS)


def _shown(name: str) -> str:
    return name[: limits.MAX_NAME].encode("utf-8", "replace").decode().replace("\0", "?")
