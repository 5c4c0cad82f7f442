import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from opensponsor.ops import addresses, children
from opensponsor.ops.addresses import choose_port
from opensponsor.ops.children import DEATHS_A_MINUTE, Child, Deaths
from opensponsor.ops.lock import only_one
from opensponsor.ops.problems import Problem

SLEEPER = "import time; time.sleep(60)"
FORKER = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


@pytest.fixture
def child(monkeypatch):
    """Makes children that run a piece of Python instead of a command of ours."""
    made = []

    def make(code: str) -> Child:
        monkeypatch.setattr(
            Child, "_start", lambda self: subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        )
        made.append(Child("sleeper", [], {}))
        return made[-1]

    yield make
    for one in made:
        one.signal(signal.SIGKILL)
        one.process.wait()


def _wait_until(condition, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_living_child_is_left_alone_and_a_dead_one_is_started_again(child, capsys):
    one = child(SLEEPER)
    first = one.process.pid
    one.heal()
    assert one.process.pid == first
    one.process.kill()
    one.process.wait()
    one.heal()
    assert one.process.pid != first
    assert "started again" in capsys.readouterr().out


def test_a_child_that_keeps_dying_stops_everything_with_a_sentence(child):
    one = child("raise SystemExit(3)")
    with pytest.raises(Problem, match="ended 5 times"):
        for _ in range(DEATHS_A_MINUTE):
            one.process.wait()
            one.heal()


def test_deaths_long_ago_do_not_count(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(children.time, "monotonic", lambda: now[0])
    deaths = Deaths("worker")
    for _ in range(50):
        now[0] += 20
        deaths.count()


def test_ending_a_child_ends_what_it_started(child):
    one = child(FORKER)
    parent = psutil.Process(one.process.pid)
    _wait_until(parent.children)
    grandchildren = parent.children()
    one.signal(signal.SIGTERM)
    one.join(10)
    _wait_until(lambda: not any(each.is_running() and each.status() != "zombie" for each in grandchildren))


def test_a_child_that_does_not_listen_is_ended_by_force(child, capsys):
    one = child(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('x', flush=True); time.sleep(60)"
    )
    time.sleep(0.5)
    one.signal(signal.SIGTERM)
    one.join(0.2)
    assert one.process.returncode == -signal.SIGKILL
    assert "by force" in capsys.readouterr().out


def test_a_child_ends_when_its_supervisor_was_killed():
    code = "from opensponsor.ops.parent import end_with_parent; end_with_parent(); import time; time.sleep(60)"
    supervisor = subprocess.Popen(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}])"]
    )
    whole = psutil.Process(supervisor.pid)
    _wait_until(whole.children)
    [orphan] = whole.children()
    time.sleep(1)
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()
    _wait_until(lambda: not orphan.is_running() or orphan.status() == "zombie")


def test_one_supervisor_per_installation(tmp_path):
    with (
        only_one(tmp_path),
        pytest.raises(Problem, match=rf"already running here \(process {os.getpid()}\)"),
        only_one(tmp_path),
    ):
        pass
    with only_one(tmp_path):
        pass


def test_a_taken_port_is_replaced_unless_it_was_asked_for(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        monkeypatch.setattr(addresses, "USUAL_PORT", number)
        monkeypatch.setattr(addresses, "LEFTOVER_SECONDS", 0.1)
        assert choose_port("127.0.0.1", None) != number
        with pytest.raises(Problem, match="taken"):
            choose_port("127.0.0.1", number)
    assert choose_port("127.0.0.1", None) == number
