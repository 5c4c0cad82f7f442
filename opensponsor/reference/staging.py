"""COPY into a temporary table, then one set-based statement: rows that did not change are not touched."""

from collections.abc import Iterable, Sequence

from django.db import connection
from psycopg import sql


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
    """Let the statements of this transaction run longer than those of a page may."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{minutes:d}min'")


def run(statement: str) -> int:
    """Execute one statement; the number of rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def count(statement: str) -> int:
    """The number that a `SELECT count(*)` gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
