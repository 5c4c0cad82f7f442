"""Work on many rows at once: temporary tables from queries, and statements that touch only what changes."""

from typing import Any, cast

from django.db import connection

# A UUID of version 7, as `ids.new_id` makes it: the time goes over the first six bytes, the version over the 4.
NEW_ID = (
    "encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING"
    " substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),"
    " 52, 1), 53, 1), 'hex')::uuid"
)


def run(statement: str, **values: Any) -> int:
    """Execute one statement with the named values; the number of rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def make(table: str, query: str, *, key: str = "", **values: Any) -> int:
    """Make a temporary table of what the query gives, which ends with the transaction; the number of its rows.

    `key` names the columns, if any, that rows are looked up by.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS {query}", values or None)
        count = int(cursor.rowcount)
        if key:
            cursor.execute(f"CREATE INDEX ON pg_temp.{table} ({key})")
        cursor.execute(f"ANALYZE pg_temp.{table}")
    return count


def rows(query: str, **values: Any) -> list[tuple[Any, ...]]:
    """What the query gives."""
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cast(list[tuple[Any, ...]], cursor.fetchall())


def counts(query: str, **values: Any) -> dict[str, int]:
    """Numbers by name: of a query that gives pairs."""
    return cast(dict[str, int], dict(rows(query, **values)))


def untouched(table: str, row_id: str, column: str = "") -> str:
    """The condition that nobody but the feed ever changed the row, or that column of it.

    `row_id` is the column in the query that names the row. The history knows: what a council set stands (FEED-010).
    """
    named = f" AND e.detail ? '{column}'" if column else ""
    return (
        f"NOT EXISTS (SELECT FROM audit_event e WHERE e.table_name = '{table}' AND e.row_id = {row_id}::text"
        f" AND e.kind = 'CHANGE' AND e.actor <> 'system:feed'{named})"
    )
