"""A file, row by row, into temporary tables: what can be loaded in one, what cannot in another.

The tables end with the transaction that makes them. Rows are read and checked while the file comes in and copied as
they are ready, so that neither a large file nor a bad one takes memory, and the server works on some while we check the
next. The file is never read while a COPY runs: its bytes may come through the same connection.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import orjson
from psycopg import Copy

from opensponsor.core import clock
from opensponsor.feeds.codes import Reason
from opensponsor.feeds.reading.files import File
from opensponsor.feeds.reading.rows import Row
from opensponsor.feeds.rules import applications, columns, offers
from opensponsor.feeds.rules.fields import Problem
from opensponsor.feeds.rules.refusals import FileRefused
from opensponsor.feeds.staging_tables import (
    APPLICATIONS,
    LONGEST_VALUE,
    OFFERS,
    REJECTS,
    Table,
    analyze,
    copy_into,
    make,
    set_aside,
)

__all__ = ["FileRefused", "Staged", "stage_applications", "stage_offers"]

_MOST_WAITING = 5_000
_LONGEST_FIELD = 80


@dataclass(frozen=True, slots=True)
class Staged:
    """What came of a file: `rows` = `good` (staged) + `repeated` (a newer row has the key) + those refused.

    `notices` are reported once: `{"code", "names", "count"}`, see `feeds.rules.notices.notice`.
    """

    rows: int
    good: int
    repeated: int
    notices: list[dict[str, Any]]


_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_Read = Callable[[Mapping[str, Any]], tuple[Sequence[Any], list[Problem]]]


def stage_applications(chunks: Iterable[bytes], *, is_live: bool) -> Staged:
    """Read a file of visa applications into `pg_temp.feed_application`, one row per UAN, and `pg_temp.feed_reject`.

    In a live system rows marked as notional are refused. Runs in the transaction of the caller, which takes the time it
    needs. Raises FileRefused, after which the tables hold nothing to rely on.
    """
    today = clock.today()

    def read(values: Mapping[str, Any]) -> tuple[Sequence[Any], list[Problem]]:
        return applications.read(values, today=today, is_live=is_live)

    copying = _Copying(APPLICATIONS)
    known, expected = columns.APPLICATIONS, columns.EXPECTED_OF_APPLICATIONS
    file = File(copying.between(chunks), key=applications.KEY, known=known, expected=expected)
    return _stage(file, copying, read)


def stage_offers(chunks: Iterable[bytes]) -> Staged:
    """Read a file of expressions of interest into `pg_temp.feed_offer`, one row per reference, and `feed_reject`.

    Runs in the transaction of the caller. Raises FileRefused, after which the tables hold nothing to rely on.
    """
    copying = _Copying(OFFERS)
    file = File(copying.between(chunks), key=offers.KEY, known=columns.OFFERS, expected=None)
    return _stage(file, copying, offers.read)


class _Copying:
    """The way of rows into a table and into that of the rejects. One COPY at a time, which ends before more is read."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._refused: list[Sequence[Any]] = []
        self._open = ExitStack()
        self._copy: Copy | None = None

    def between(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces; nothing is under way whenever one is asked for."""
        source = iter(chunks)
        while True:
            self.end()
            chunk = next(source, None)
            if chunk is None:
                return
            yield chunk

    def take(self, row: Sequence[Any]) -> None:
        """Send a row; the server works on it while the next one is checked."""
        if self._copy is None:
            self._copy = self._open.enter_context(copy_into(self.table))
        self._copy.write_row(row)

    def refuse(self, rows: Iterable[Sequence[Any]]) -> None:
        """Keep rows for the rejects until the table has what was sent."""
        self._refused.extend(rows)
        if len(self._refused) >= _MOST_WAITING:
            self.end()

    def end(self) -> None:
        """Wait until everything is in its table."""
        self._copy = None
        self._open.close()
        if self._refused:
            refused, self._refused = self._refused, []
            with copy_into(REJECTS) as copy:
                for row in refused:
                    copy.write_row(row)


def _stage(file: File, copying: _Copying, read: _Read) -> Staged:
    tables = (copying.table, REJECTS)
    for table in tables:
        make(table)
    good = 0
    try:
        for row in file:
            staged, problems = _check(row, read)
            if problems:
                copying.refuse(_reject(row.line, problem) for problem in problems)
            else:
                copying.take(staged)
                good += 1
    finally:
        # A file that is refused in the middle leaves a connection that can be used.
        copying.end()
    repeated = set_aside(copying.table)
    for table in tables:
        analyze(table)
    return Staged(file.rows, good - repeated, repeated, file.notices)


def _check(row: Row, read: _Read) -> tuple[Sequence[Any], list[Problem]]:
    """The row as it is staged, or what is wrong with it: one problem for each field."""
    if not row.is_row:
        return (), list(row.problems)
    staged, found = read(row.values)
    problems = {problem.field: problem for problem in [*found, *row.problems]}
    if problems:
        return (), list(problems.values())
    raw = _raw(row.values)
    if raw is None:
        bad = [name for name, value in row.values.items() if _raw({name: value}) is None]
        return (), [Problem(name, Reason.BAD_CHARACTER.value) for name in bad]
    return (row.line, *staged, raw), []


def _raw(values: Mapping[str, Any]) -> str | None:
    """The row as JSON; None if PostgreSQL cannot hold it: a NUL, half of a surrogate pair, a number beyond any."""
    try:
        raw = _json(values)
        raw.encode()
    except ValueError:
        return None
    return None if "\\u0000" in raw and any("\0" in text for text in _texts(values)) else raw


def _json(values: Mapping[str, Any]) -> str:
    """What the quick way knows no number for, a larger one than 64 bits hold or one beyond any, goes the other way."""
    try:
        text = orjson.dumps(values).decode()
    except orjson.JSONEncodeError:
        return _to_json(values)
    return _to_json(values) if "null" in text else text


def _texts(value: Any) -> Iterator[str]:
    """Every text within a value of JSON, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _reject(line: int, problem: Problem) -> Sequence[Any]:
    """A line of the list that goes back to the sender; numbers of documents are not repeated there."""
    value = "" if columns.is_of_document(problem.field) else _kept(problem.value, LONGEST_VALUE)
    return line, _kept(problem.field, _LONGEST_FIELD), problem.reason, value


def _kept(text: str, longest: int) -> str:
    """The beginning of a text, without what PostgreSQL cannot hold."""
    return text[:longest].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
