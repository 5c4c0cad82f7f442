"""What a command needs before Django loads: a database to talk to, as the environment that the settings read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connections

from opensponsor.ops.binaries import resolve
from opensponsor.ops.cluster import Cluster
from opensponsor.ops.problems import Problem
from opensponsor.ops.secrets import kept_secret
from opensponsor.ops.system_user import choose_home

CHECKOUT = Path(__file__).resolve().parents[2]


def var_folder() -> Path:
    """The folder of everything that is kept: OPENSPONSOR_VAR, else `var` in the checkout."""
    return Path(os.environ.get("OPENSPONSOR_VAR") or CHECKOUT / "var").resolve()


def uses_own_server() -> bool:
    """Whether the database is a server that somebody else runs; then no cluster is ever started here."""
    return bool(os.environ.get("DATABASE_URL"))


def require_server() -> None:
    """Raises Problem without DATABASE_URL: one part alone does not start a database of its own."""
    if not uses_own_server():
        raise Problem("Set DATABASE_URL to the address of the database; `opensponsor run` starts one and all parts.")


def embedded_cluster() -> Cluster:
    """The cluster of this installation, started or not."""
    return Cluster(choose_home(var_folder()), resolve())


def database_variables(cluster: Cluster) -> dict[str, str]:
    """DATABASE_URL for the runtime and DATABASE_OWNER_URL for migrations."""
    return {"DATABASE_URL": cluster.url("app_rw"), "DATABASE_OWNER_URL": cluster.url("app_owner")}


def secret_variables(home: Path) -> dict[str, str]:
    """The secrets of this installation, made once; those given by the operator stay as they are."""
    names = [f"OPENSPONSOR_{name}" for name in ("SECRET_KEY", "FIELD_KEY", "AUDIT_KEY")]
    missing = [name for name in names if name not in os.environ and f"{name}_FILE" not in os.environ]
    return {name: kept_secret(home / "secrets" / name) for name in missing}


@contextmanager
def database() -> Iterator[Cluster | None]:
    """A database that answers: the server of DATABASE_URL, or the embedded cluster, started meanwhile if need be."""
    if uses_own_server():
        yield None
        return
    cluster = embedded_cluster()
    was_running = cluster.running()
    if not was_running:
        cluster.start()
    try:
        os.environ |= database_variables(cluster) | secret_variables(cluster.home)
        yield cluster
    finally:
        if not was_running:
            cluster.stop()


def load_django() -> None:
    """Read the settings and load the applications; no database is needed for that."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opensponsor.config.settings")
    django.setup()


@contextmanager
def application() -> Iterator[Cluster | None]:
    """The database, and Django loaded on top of it. Import what needs Django inside this block.

    What the product refuses inside becomes a Problem for the operator.
    """
    with database() as cluster:
        load_django()
        from opensponsor.core.refusals import Refused

        try:
            yield cluster
        except Refused as refusal:
            raise Problem(str(refusal)) from refusal
        finally:
            _close_connections()


def _close_connections() -> None:
    """Before a server that was started for one command ends, so that no pool looks for it."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
