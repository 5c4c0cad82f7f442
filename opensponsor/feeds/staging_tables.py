"""The temporary tables that the rows of a file are staged in, and getting rows into them and out.

They end with the transaction that makes them.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from psycopg import Copy, sql

from opensponsor.feeds.codes import Reason
from opensponsor.feeds.rules import applications, offers

LONGEST_VALUE = 100
# Beside the table and as it is: what is looked for stays close together, and packing would take longer than all else.
_RAW = "raw jsonb STORAGE EXTERNAL"


@dataclass(frozen=True, slots=True)
class Table:
    """A temporary table: its columns with their types, and which row of a key is the newest."""

    name: str
    columns: str
    key: str
    key_field: str
    newest: str

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.split()[0] for column in self.columns.split(",")]

    @property
    def layout(self) -> str:
        """What the columns are, as a short text: rows that were kept in another layout do not fit any more."""
        return hashlib.sha256(self.columns.encode()).hexdigest()[:16]


APPLICATIONS = Table(
    "feed_application",
    "line int, uan text, gwf text, submission text, event_at timestamptz, ingested_at timestamptz, visa_status text,"
    " decided_at timestamptz, arrived_at timestamptz, arrives_on date, given_names text, family_name text,"
    " birth_date date, sex text, passport text, phone text, email text, sponsor_given text, sponsor_family text,"
    " sponsor_email text, sponsor_phone text, sponsor_address text, sponsor_postcode text, proposed_address text,"
    " proposed_postcode text, stays_with_sponsor boolean, route text, lower_authority text, upper_authority text,"
    " country text, " + _RAW,
    key="uan",
    key_field=applications.KEY,
    newest="event_at DESC NULLS LAST, ingested_at DESC NULLS LAST, line DESC",
)
OFFERS = Table(
    "feed_offer",
    "line int, reference text, version int, created_at timestamptz, given_names text, family_name text, email text,"
    " phone text, home_address text, home_postcode text, property_address text, property_postcode text,"
    " is_sponsors_home boolean, single_rooms int, double_rooms int, family_type text, step_free text,"
    " allows_pets boolean, available_from date, " + _RAW,
    key="reference",
    key_field=offers.KEY,
    newest="version DESC NULLS LAST, created_at DESC NULLS LAST, line DESC",
)
REJECTS = Table("feed_reject", "line int, field text, reason text, value text", "", "", "")

# The rows that are not the newest of their key go from one table to the other.
_SET_ASIDE = """
WITH older AS (
  DELETE FROM pg_temp.{table} WHERE line IN (
    SELECT line FROM (
      SELECT line, row_number() OVER (PARTITION BY {key} ORDER BY {newest}) AS place FROM pg_temp.{table}
    ) AS ranked WHERE place > 1)
  RETURNING line, {key} AS value)
INSERT INTO pg_temp.feed_reject (line, field, reason, value)
SELECT line, {key_field}, {reason}, left(value, {longest}) FROM older ORDER BY line
"""


def make(table: Table) -> None:
    """Make the table, empty, instead of one there may be; `kept_at` is where the raw text of a row stays."""
    name = sql.Identifier(table.name)
    _execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(name))
    columns = sql.SQL(f"{table.columns}, kept_at tid")
    _execute(sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(name, columns))


@contextmanager
def copy_into(table: Table) -> Iterator[Copy]:
    """Take rows into the table."""
    names = sql.SQL(", ").join(map(sql.Identifier, table.names))
    statement = sql.SQL("COPY pg_temp.{} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        yield copy


def set_aside(table: Table) -> int:
    """Leave one row of each key, the newest, and list the others among the rejects; the number of those."""
    return _execute(
        sql.SQL(_SET_ASIDE).format(
            table=sql.Identifier(table.name),
            key=sql.Identifier(table.key),
            newest=sql.SQL(table.newest),
            key_field=sql.Literal(table.key_field),
            reason=sql.Literal(Reason.REPEATED.value),
            longest=sql.Literal(LONGEST_VALUE),
        )
    )


def analyze(table: Table) -> None:
    """Let the planner know how many rows there are, each with a key of its own."""
    statement = sql.SQL("ANALYZE pg_temp.{} ({})")
    _execute(statement.format(sql.Identifier(table.name), sql.Identifier(table.key or "line")))


def _execute(statement: sql.Composed) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)
