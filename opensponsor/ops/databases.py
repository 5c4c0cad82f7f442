"""Making a database with the roles, extensions and privileges that the product expects."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROLES = Path(__file__).with_name("roles.sql")
Connect = Callable[[str], psycopg.Connection[Any]]


def create(connect: Connect, name: str) -> None:
    """Make the database if it is missing. `connect` gives a superuser's autocommit connection to a named database."""
    with connect("postgres") as connection:
        if not exists(connection, name):
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
            connection.execute(statement.format(sql.Identifier(name)))
    with connect(name) as connection:
        connection.execute(ROLES.read_bytes())


def drop(connect: Connect, name: str) -> None:
    """Remove the database if there is one, whoever is connected to it."""
    with connect("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def swap(connect: Connect, new: str, name: str) -> None:
    """Put the database `new` in the place of `name`, whose connections end; the old one is removed last."""
    old = f"{name}_before_restore"
    drop(connect, old)
    with connect("postgres") as connection:
        if exists(connection, name):
            _rename(connection, name, old)
        _rename(connection, new, name)
    drop(connect, old)


def exists(connection: psycopg.Connection[Any], name: str) -> bool:
    """Whether the server has a database of this name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _rename(connection: psycopg.Connection[Any], name: str, to: str) -> None:
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))
