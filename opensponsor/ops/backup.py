"""Backup and restore of the whole database, checked by the number of rows of every table."""

import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from opensponsor.ops import databases
from opensponsor.ops.access import Access
from opensponsor.ops.archive import DUMP, Manifest, pack, unpack
from opensponsor.ops.problems import Problem

_TABLES = """
SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2
"""


def count_rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """The number of rows of every table."""
    rows = {}
    for schema, table in connection.execute(_TABLES).fetchall():
        statement = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        rows[f"{schema}.{table}"] = sum(number for (number,) in connection.execute(statement))
    return rows


def back_up(source: Access, target: Path) -> Manifest:
    """Write the database to a new file that only its owner can read. Raises Problem when the file exists."""
    if target.exists():
        raise Problem(f"{target} exists already; a backup never overwrites a file.")
    with (
        tempfile.TemporaryDirectory(prefix=".backup-", dir=target.resolve().parent) as folder,
        source.connect() as connection,
        connection.transaction(),
    ):
        # Counts and dump read the same snapshot, so they agree while people go on working.
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [[snapshot]] = connection.execute("SELECT pg_export_snapshot()").fetchall()
        rows = count_rows(connection)
        words = ["--format=custom", f"--snapshot={snapshot}", f"--file={folder}/{DUMP}", source.database]
        source.run("pg_dump", *words)
        server = connection.info.parameter_status("server_version") or ""
        taken_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(taken_at, version("opensponsor"), server, rows)
        pack(Path(folder), manifest, target)
    return manifest


def restore(target: Access, file: Path, *, replace: bool) -> Manifest:
    """Read a backup into the database, which must be empty unless it is to be replaced.

    The backup goes into a database beside it, whose rows are counted before it takes the place of the other: a backup
    that cannot be read, or comes out incomplete, changes nothing. Raises Problem then.
    """
    if not replace and _has_tables(target):
        raise Problem("The database is not empty. Nothing was changed; --replace puts the backup in its place.")
    new = f"{target.database}_restore"
    with tempfile.TemporaryDirectory(prefix="opensponsor-") as folder:
        manifest = unpack(file, Path(folder))
        databases.drop(target.connect, new)
        try:
            databases.create(target.connect, new)
            target.run("pg_restore", "--exit-on-error", f"--dbname={new}", f"{folder}/{DUMP}")
            _check_rows(target, new, manifest)
        except Problem:
            databases.drop(target.connect, new)
            raise
    databases.swap(target.connect, new, target.database)
    return manifest


def _check_rows(target: Access, name: str, manifest: Manifest) -> None:
    with target.connect(name) as connection:
        rows = count_rows(connection)
    tables = sorted(table for table in rows | manifest.rows if rows.get(table) != manifest.rows.get(table))
    if tables:
        raise Problem(f"These tables came out with another number of rows: {', '.join(tables)}. Nothing was changed.")


def _has_tables(target: Access) -> bool:
    with target.connect("postgres") as connection:
        if not databases.exists(connection, target.database):
            return False
    with target.connect() as connection:
        return connection.execute(_TABLES).fetchone() is not None
