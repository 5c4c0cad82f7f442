"""The lines of history as they are sealed: every column as text, streamed from the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from opensponsor.audit.seals import hash_line

# `id` apart. A column added to the table later is not part of the seals made before.
_COLUMNS = (
    "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "kind",
    "code",
    "actor",
    "organisation_id::text",
    "request_id",
    "case_id::text",
    "owner_id::text",
    "table_name",
    "row_id",
    "detail::text",
    "xid::text",
)
_SELECT = f"SELECT id, {', '.join(_COLUMNS)} FROM audit_event WHERE "  # noqa: S608 - fixed text
UNSEALED = "id IN (SELECT id FROM audit_event EXCEPT SELECT unnest(ids) FROM audit_seal)"
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of history: its id, the transaction that wrote it, and the hash of what it says."""

    id: int
    xid: int
    hash: bytes


def read_lines(condition: str, *values: object) -> Iterator[Line]:
    """The lines that fulfil a condition, in the order of ids, few in memory at a time.

    Needs a transaction that may read all history.
    """
    statement = f"{_SELECT}{condition} ORDER BY id"
    # Django streams through no transaction of ours; a named cursor of the driver does.
    with connection.connection.cursor(name="audit_lines") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(statement, values)
        for line_id, *columns in cursor:
            yield Line(line_id, int(columns[-1]), hash_line(columns))
