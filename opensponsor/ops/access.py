"""The database as a role that row security does not bind, for backups and restores.

The owner role is bound by row security: a dump as that role would miss rows, so PostgreSQL refuses it. The embedded
cluster has its superuser; for another server OPENSPONSOR_BACKUP_URL names such a role.
"""

import os
import subprocess
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from opensponsor.ops.binaries import Binaries, resolve
from opensponsor.ops.cluster import SUPERUSER, Cluster
from opensponsor.ops.problems import Problem

_VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE"}


class Access:
    """One database, reached by Python and by PostgreSQL's own programs."""

    def __init__(self, conninfo: str, binaries: Binaries) -> None:
        self._conninfo = conninfo
        self._binaries = binaries
        self.database = str(conninfo_to_dict(conninfo)["dbname"])

    def connect(self, database: str = "") -> psycopg.Connection[Any]:
        """An autocommit connection, to another database of the same server if named."""
        return psycopg.connect(make_conninfo(self._conninfo, dbname=database or self.database), autocommit=True)

    def run(self, program: str, *words: str) -> None:
        """Run a PostgreSQL program; secrets go through its environment. Raises Problem when it fails."""
        parts = conninfo_to_dict(self._conninfo)
        variables = {_VARIABLES[name]: str(value) for name, value in parts.items() if name in _VARIABLES}
        environment = {"PATH": os.environ.get("PATH", "")} | variables
        command = [self._binaries.path(program), *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise Problem(f"{program} failed: {done.stderr.strip()[-1000:]}")


def access(cluster: Cluster | None) -> Access:
    """The database of this installation. Raises Problem when a server of its own has no role for backups."""
    if cluster is not None:
        return Access(cluster.url(SUPERUSER), resolve())
    url = os.environ.get("OPENSPONSOR_BACKUP_URL")
    if not url:
        raise Problem(
            "Set OPENSPONSOR_BACKUP_URL to the address of the database as a role that row security does not bind, such "
            "as a superuser. The owner role cannot read every row."
        )
    return Access(url, resolve())
