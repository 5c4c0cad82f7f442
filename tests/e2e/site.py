"""A running installation for the browser: the real web server on a database of its own.

The tests write what they need with the factories, which commit; every test makes organisations of its own, so that
nothing has to be put back in between.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

from opensponsor.ops.addresses import answers
from tests.throwaway import Throwaway

START_SECONDS = 60
STOP_SECONDS = 20
ALIASES = ("default", "outside")


class Site:
    """The address of the server and the folder of its mail and its log."""

    def __init__(self, database: Throwaway) -> None:
        self.database = database
        self.var = database.home / database.name
        self.port = _free_port()
        # Not the number: passkeys belong to a name.
        self.address = f"http://localhost:{self.port}"
        self.log = self.var / "web.log"
        self.mail = self.var / "mail"

    @contextmanager
    def running(self) -> Iterator["Site"]:
        """The server, gathered static files and the worker for jobs, until the block ends."""
        self.var.mkdir(parents=True, exist_ok=True)
        self._command("prepare").check_returncode()
        with self.log.open("ab") as log:
            parts = [
                self._start(log, "web", f"--port={self.port}", "--web-workers=1"),
                self._start(log, "worker"),
            ]
            try:
                self._wait(parts[0])
                yield self
            finally:
                _stop(parts)

    @contextmanager
    def written_to(self) -> Iterator[None]:
        """While this lasts the test's own connections lead to this database."""
        before = {alias: connections[alias].settings_dict["NAME"] for alias in ALIASES}
        try:
            self._connect_to(dict.fromkeys(ALIASES, self.database.name))
            yield
        finally:
            self._connect_to(before)

    def last_lines(self) -> str:
        """The end of the server's log, for a failed test."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-40:])

    def _variables(self) -> dict[str, str]:
        variables = os.environ | self.database.variables() | {"OPENSPONSOR_VAR": str(self.var)}
        # As in production the server does not know the address of the owner.
        variables.pop("DATABASE_OWNER_URL")
        return variables

    def _command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "opensponsor", *words]
        return subprocess.run(command, env=self._variables(), timeout=START_SECONDS, text=True)

    def _start(self, log: object, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "opensponsor", *words]
        return subprocess.Popen(command, env=self._variables(), stdout=log, stderr=log)  # type: ignore[call-overload]

    def _wait(self, server: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_SECONDS
        while not answers("127.0.0.1", self.port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The web server did not start:\n{self.last_lines()}")
            time.sleep(0.1)

    @staticmethod
    def _connect_to(names: dict[str, str]) -> None:
        for alias, name in names.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(parts: "list[subprocess.Popen[bytes]]") -> None:
    for part in parts:
        part.terminate()
    for part in parts:
        try:
            part.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()


def repository() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parents[2]
