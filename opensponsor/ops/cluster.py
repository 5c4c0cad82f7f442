"""The embedded PostgreSQL cluster: made, started, healed after a crash, and stopped by us.

It listens on a socket only, asks every role for a generated password, runs as an unprivileged user, and waits for
recovery as long as it takes.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from opensponsor.ops import databases, postmaster
from opensponsor.ops.binaries import Binaries
from opensponsor.ops.problems import Problem
from opensponsor.ops.secrets import kept_secret
from opensponsor.ops.system_user import reachable, server_user

SUPERUSER = "postgres"
DATABASE = "opensponsor"
START_SECONDS = 600  # recovery of a large write-ahead log on a slow disk
PREFIX = "opensponsor-"  # of the temporary folders that hold a socket
SOCKET_BYTES = 100  # the path of a socket has 107 bytes at most, 103 on macOS
LOG_BYTES = 10_000_000
MOST_SHARED = 512  # megabytes of pages kept in memory; taken from the machine as they fill, a quarter of it at most


class Cluster:
    """One cluster in the folder `home`: `data`, `secrets` and `postgresql.log`.

    The socket lies in a fresh temporary folder, or in `socket`. `durable=False` turns fsync off, for throw-away
    clusters of tests.
    """

    def __init__(self, home: Path, binaries: Binaries, *, durable: bool = True, socket: Path | None = None) -> None:
        self.home = home.resolve()
        self.data = self.home / "data"
        self.log = self.home / "postgresql.log"
        self.user = server_user(self.data)
        self.binaries = reachable(binaries, self.user)
        self.durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._fixed_socket = socket
        self._socket = socket

    def create(self) -> None:
        """Make the cluster if there is none. Safe to repeat after an interruption at any point.

        Raises Problem when its data belong to another version of PostgreSQL.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o755 if self.user.switch else 0o700)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        stamp = int((self.data / "PG_VERSION").read_text().strip())
        if stamp != self.binaries.major:
            raise Problem(
                f"The data in {self.data} belong to PostgreSQL {stamp}, but the programs found are version "
                f"{self.binaries.version}. Take a backup with the old programs (OPENSPONSOR_PG_BIN), move the folder "
                "away, and restore into a new one."
            )

    def start(self) -> None:
        """Start the server and return when it answers queries and its roles are in place.

        A server that a killed supervisor left behind is ended first. Raises Problem when the server cannot start.
        """
        self.create()
        if self._process is None:
            self.stop()
        postmaster.clear(self.data)
        self._make_socket_folder()
        self._launch()
        self._wait_until_ready(time.monotonic() + START_SECONDS)
        self.create_database(DATABASE)

    def stop(self) -> None:
        """Stop the server that runs on these data, whoever started it, and remove its socket."""
        socket = self.socket_folder()
        main = postmaster.find(self.data)
        if main is None and self._process is not None and self._process.poll() is None:
            main = psutil.Process(self._process.pid)  # so young that it has not written its number yet
        if main is not None:
            postmaster.end(main)
        if self._process is not None:
            self._process.wait()
        self._process = None
        self._socket = self._fixed_socket
        if socket is not None and socket.name.startswith(PREFIX):
            shutil.rmtree(socket, ignore_errors=True)

    def has_died(self) -> bool:
        """Whether the server started by this object ended without being asked to."""
        return self._process is not None and self._process.poll() is not None

    def running(self) -> bool:
        """Whether the server of these data answers, whoever started it."""
        if postmaster.find(self.data) is None:
            return False
        try:
            with self.connect():
                return True
        except psycopg.OperationalError:
            return False

    def socket_folder(self) -> Path | None:
        """The folder of the socket, of this object's server or of one started before."""
        return self._socket or postmaster.socket_folder(self.data)

    def connect(self, role: str = SUPERUSER, database: str = "postgres") -> psycopg.Connection[Any]:
        """An autocommit connection."""
        return psycopg.connect(
            host=str(self.socket_folder()),
            user=role,
            password=self.password(role),
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )

    def url(self, role: str, database: str = DATABASE) -> str:
        """What DATABASE_URL is to be for this role."""
        return f"postgresql://{role}:{self.password(role)}@/{database}?host={quote(str(self.socket_folder()), safe='')}"

    def password(self, role: str) -> str:
        """The generated password of a role, from a file that only its owner can read."""
        return kept_secret(self.home / "secrets" / role)

    def create_database(self, name: str) -> None:
        """Make a database if it is missing, and put roles, extensions and privileges in place."""
        databases.create(lambda database: self.connect(database=database), name)
        with self.connect() as connection:
            for role in ("app_owner", "app_rw"):
                statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
                connection.execute(statement.format(sql.Identifier(role), sql.Literal(self.password(role))))

    def _initialise(self) -> None:
        new = self.home / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.user.own(new)
        locale = ["--locale=C.UTF-8"]
        if self.binaries.major >= 17:
            locale.append("--locale-provider=builtin")  # does not change with the system's own C library
        with tempfile.NamedTemporaryFile("w", prefix=PREFIX, dir=short_folder()) as password:
            password.write(self.password(SUPERUSER))
            password.flush()
            self.user.own(Path(password.name))
            command = [self.binaries.path("initdb"), "-D", str(new), "-U", SUPERUSER, "--encoding=UTF8", *locale]
            command += ["--data-checksums", "--auth=scram-sha-256", f"--pwfile={password.name}"]
            command += [] if self.durable else ["--no-sync"]
            done = subprocess.run(
                command, cwd="/", env=_environment(), capture_output=True, text=True, timeout=600, **self.user.popen()
            )
        if done.returncode != 0:
            raise Problem(f"PostgreSQL could not make its folder {new}: {done.stderr.strip()[-600:]}")
        new.rename(self.data)

    def _make_socket_folder(self) -> None:
        if self._socket is None:
            self._socket = Path(tempfile.mkdtemp(prefix=PREFIX, dir=short_folder()))
        self._socket.mkdir(mode=0o700, exist_ok=True)
        self.user.own(self._socket)
        for stale in self._socket.iterdir():
            stale.unlink()

    def _launch(self) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._socket),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
            "shared_buffers": f"{min(MOST_SHARED, psutil.virtual_memory().total // 4 // 1024**2)}MB",
            # A file that is loaded is worked on in temporary tables, and writes the log by the gigabyte: with room for
            # it no page need be written there whole in the middle of the load.
            "temp_buffers": "128MB",
            "max_wal_size": "4GB",
            "wal_buffers": "32MB",
            # An error quotes the statement and its values, which are personal data: the server's own events only.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
        }
        if not self.durable:
            options |= {"fsync": "off", "full_page_writes": "off"}
        command = [self.binaries.path("postgres"), "-D", str(self.data)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.rename(self.log.with_suffix(".log.1"))
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C in the terminal must reach the supervisor only, which stops the server last.
                start_new_session=True,
                **self.user.popen(),
            )

    def _wait_until_ready(self, deadline: float) -> None:
        patience = time.monotonic() + 10
        while not self.has_died():
            try:
                with self.connect() as connection:
                    connection.execute("SELECT 1")
                    return
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    self.stop()
                    raise Problem(f"PostgreSQL refuses the passwords in {self.home / 'secrets'}.") from error
            if time.monotonic() > deadline:
                self.stop()
                raise Problem(f"PostgreSQL did not answer within {START_SECONDS} seconds. Its log: {self.log}")
            if time.monotonic() > patience:
                print("PostgreSQL is recovering from an interruption; nothing is lost, please wait.", flush=True)
                patience += 60
            time.sleep(0.03)
        last_lines = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        raise Problem(f"PostgreSQL did not start. The end of {self.log}:\n{last_lines}")


def short_folder() -> str:
    """A temporary folder whose path leaves room for a socket's name, and which PostgreSQL need not have quoted."""
    folder = tempfile.gettempdir()
    fits = len(os.fsencode(folder)) + len(f"/{PREFIX}xxxxxxxx/.s.PGSQL.5432") <= SOCKET_BYTES
    plain = all(letter.isalnum() or letter in "/-_." for letter in folder)
    return folder if fits and plain else "/tmp"  # noqa: S108 - a folder of its own is made inside


def _environment() -> dict[str, str]:
    """Nothing of ours: no secret and no setting reaches the server."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}
