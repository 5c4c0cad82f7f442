"""What the tests of the history share: lines to seal, and a superuser to tamper with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from opensponsor.audit import services, verification
from opensponsor.core.actor import system_actor
from opensponsor.core.rowsecurity import as_system
from tests.throwaway import Throwaway

ACTOR = system_actor("test")


def write(*codes: str) -> list[int]:
    """Lines of history, each in a transaction of its own; returns their ids."""
    for code in codes:
        with as_system("test"):
            services.record(code, actor=ACTOR, detail_of=code)
    return ids_of(*codes)


def ids_of(*codes: str) -> list[int]:
    """The ids of the lines with these codes, in their order."""
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM audit_event WHERE code = ANY (%s) ORDER BY id", [list(codes)])
        return [row[0] for row in cursor.fetchall()]


def findings() -> list[str]:
    """What the check says."""
    return [str(finding) for finding in verification.check_history()]


TABLES = ("audit_event", "audit_seal")


@contextmanager
def tampered(superuser: psycopg.Connection[Any]) -> Iterator[None]:
    """A block after which both tables are as they were, so that one test can try many ways."""
    for table in TABLES:
        superuser.execute(f"CREATE TEMP TABLE kept_{table} AS TABLE {table}")
    yield
    for table in TABLES:
        superuser.execute(f"TRUNCATE {table}")
        superuser.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
        superuser.execute(f"DROP TABLE kept_{table}")


@contextmanager
def tampering(throwaway: Throwaway) -> Iterator[psycopg.Connection[Any]]:
    """A superuser who has switched the triggers off."""
    with throwaway.cluster.connect(database=throwaway.name) as superuser:
        superuser.execute("SET session_replication_role = replica")
        yield superuser
