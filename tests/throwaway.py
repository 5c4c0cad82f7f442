"""The database of one test run: a throw-away cluster, one migrated template, and a copy of it for each process.

Nothing starts before the first test that asks for a database. Copies are also how a test with real commits is undone:
the history is append-only, so rows cannot be deleted away.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from psycopg import sql

from opensponsor.ops import databases
from opensponsor.ops.binaries import resolve
from opensponsor.ops.cluster import DATABASE, Cluster, short_folder
from opensponsor.ops.system_user import server_user

PREFIX = "opensponsor-tests-"


class Throwaway:
    """The databases of a run, seen by all its processes through the folder `home`."""

    def __init__(self, home: Path, worker: str) -> None:
        self.home = home
        self.name = f"test_{worker}"
        self.cluster = Cluster(home, resolve(), durable=False, socket=home / "socket")

    def variables(self) -> dict[str, str]:
        """What the settings read; known before the cluster exists."""
        return {
            "DATABASE_URL": self.cluster.url("app_rw", self.name),
            "DATABASE_OWNER_URL": self.cluster.url("app_owner", self.name),
            "OPENSPONSOR_VAR": str(self.home / "var"),
        }

    def set_up(self) -> None:
        """Start the cluster and migrate the template, unless another process of this run did, and take a copy."""
        with self._one_at_a_time():
            if not (self.home / "migrated").exists():
                self.cluster.start()
                self._migrate_template()
                (self.home / "migrated").touch()
        self.reset()

    def reset(self) -> None:
        """Replace this process's copy by a fresh one."""
        with self.cluster.connect() as connection:
            databases.drop(lambda _: self.cluster.connect(), self.name)
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER app_owner STRATEGY file_copy")
            connection.execute(statement.format(sql.Identifier(self.name), sql.Identifier(DATABASE)))
        # A copy has everything of the template but the privileges on the database as a whole. Roles are the cluster's:
        # two processes that set them at once would get in each other's way.
        with self._one_at_a_time():
            databases.create(lambda name: self.cluster.connect(database=name), self.name)

    def remove(self) -> None:
        """Stop the cluster, whichever process started it, and remove every trace."""
        self.cluster.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _migrate_template(self) -> None:
        urls = {"DATABASE_URL": self.cluster.url("app_rw"), "DATABASE_OWNER_URL": self.cluster.url("app_owner")}
        command = [sys.executable, "-m", "opensponsor", "migrate"]
        done = subprocess.run(command, env=os.environ | urls, capture_output=True, text=True, timeout=600)
        if done.returncode != 0:
            raise RuntimeError(f"The migrations failed:\n{done.stdout}\n{done.stderr}")

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with open(self.home / "lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def make_home() -> Path:
    """A folder for this run, named after this process, so that a later run can remove it if this one is killed."""
    folder = Path(short_folder())
    for old in folder.glob(f"{PREFIX}*"):
        number = old.name.removeprefix(PREFIX).split("-")[0]
        if os.access(old, os.W_OK) and number.isdigit() and not psutil.pid_exists(int(number)):
            Throwaway(old, "old").remove()
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=folder))
    server_user().own(home)
    return home
