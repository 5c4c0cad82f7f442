"""`make run` as a whole: real processes, killed and asked to end."""

import http.client
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from opensponsor.ops.addresses import choose_port
from tests.ops.places import enterable_folder

SECONDS = 120


class Run:
    """One `opensponsor run` on the folder `var`."""

    def __init__(self, var: Path, port: int) -> None:
        self.port = port
        self.log = var.parent / "run.log"
        names = {"DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE"}
        environment = {name: value for name, value in os.environ.items() if name not in names}
        environment |= {"OPENSPONSOR_VAR": str(var), "OPENSPONSOR_ENVIRONMENT": "test"}
        command = [sys.executable, "-m", "opensponsor", "run", f"--port={port}", "--web-workers=1"]
        with self.log.open("w") as log:
            self.process = psutil.Popen(command, env=environment, stdout=log, stderr=log)

    def until(self, condition) -> None:
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def until_ready(self) -> None:
        self.until(lambda: "is ready" in self.log.read_text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def child(self, word: str) -> psutil.Process | None:
        """The living part whose command has this word."""
        for one in self.process.children():
            with suppress(psutil.Error):
                if word in one.cmdline():
                    return one
        return None


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """One installation for all of these tests: only the first start makes a cluster and migrates it."""
    with enterable_folder() as folder:
        yield folder


@pytest.fixture
def runs(place: Path) -> Iterator:
    started: list[Run] = []

    def start() -> Run:
        started.append(Run(place / "var", choose_port("127.0.0.1", None)))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.send_signal(signal.SIGTERM)
            one.process.wait(60)
    for left in _processes_of(place):
        left.kill()


def _processes_of(place: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["cwd", "environ"]):
        ours = (process.info["environ"] or {}).get("OPENSPONSOR_VAR") == str(place / "var")
        if ours or str(process.info["cwd"] or "").startswith(str(place)):
            found.append(process)
    return found


def test_a_run_survives_the_death_of_each_part_and_leaves_nothing_behind(runs, place):
    run = runs()
    run.until_ready()
    for part in ("worker", "web", "-D"):
        before = run.child(part)
        before.kill()
        run.until(lambda part=part, before=before: run.child(part) not in (None, before))
        run.until(run.answers)
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(60) == 0
    assert _processes_of(place) == []


def test_after_the_supervisor_was_killed_the_next_run_starts(runs, place):
    run = runs()
    run.until_ready()
    assert run.child("web").environ().get("DATABASE_OWNER_URL") is None
    run.process.kill()
    run.process.wait()
    again = runs()
    again.until_ready()
    assert again.answers()
    again.process.send_signal(signal.SIGTERM)
    assert again.process.wait(60) == 0
    assert _processes_of(place) == []


def test_a_second_run_on_the_same_folder_is_refused_and_disturbs_nothing(runs):
    run = runs()
    run.until_ready()
    second = runs()
    assert second.process.wait(60) == 1
    assert "already running" in second.log.read_text()
    assert run.answers()
