"""Work on many rows at once: temporary tables by COPY or from queries, and statements that touch only what changes."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection
from psycopg import sql

# A UUID of version 7, as `ids.new_id` makes it: the time goes over the first six bytes, the version over the 4.
NEW_ID = (
    "encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING"
    " substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),"
    " 52, 1), 53, 1), 'hex')::uuid"
)


def fill(table: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Make a temporary table of text columns that ends with the transaction, and COPY the rows into it."""
    name = sql.Identifier(table)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    typed = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(column)) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(name))
        cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(name, typed))
        with cursor.copy(sql.SQL("COPY pg_temp.{} ({}) FROM STDIN").format(name, names)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(sql.SQL("ANALYZE pg_temp.{}").format(name))


def take_minutes(minutes: int) -> None:
    """Let the statements of this transaction run longer than those of a page may, and sort and join in memory."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{minutes:d}min'; SET LOCAL work_mem = '64MB'")


def run(statement: str, **values: Any) -> int:
    """Execute one statement with the named values; the number of rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def make(table: str, query: str, *, key: str = "", is_whole: bool = True, **values: Any) -> int:
    """Make a temporary table of what the query gives, which ends with the transaction; the number of its rows.

    `key` names the columns, if any, that rows are looked up by; of the others the planner need know nothing. A table
    that is not whole yet gets more rows, after which the caller lets the planner know it.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS {query}", values or None)
        count = int(cursor.rowcount)
        if key:
            cursor.execute(f"CREATE INDEX ON pg_temp.{table} ({key})")
        if is_whole:
            cursor.execute(f"ANALYZE pg_temp.{table}" + (f" ({key})" if key else ""))
    return count


def rows(query: str, **values: Any) -> list[tuple[Any, ...]]:
    """What the query gives."""
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cast(list[tuple[Any, ...]], cursor.fetchall())


def columns(query: str) -> list[str]:
    """The names of the columns that the query gives."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [column.name for column in cursor.description]


def number(query: str, **values: Any) -> int:
    """The one number that the query gives."""
    return int(rows(query, **values)[0][0])


def counts(query: str, **values: Any) -> dict[str, int]:
    """Numbers by name: of a query that gives pairs."""
    return cast(dict[str, int], dict(rows(query, **values)))


@contextmanager
def many_objects() -> Iterator[None]:
    """For work that makes many objects while many others live on, such as a load of all households there are.

    What lives on already is left alone: else the collector looks through all of it again and again, for a quarter of
    the time. What the work itself makes is collected as ever.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
