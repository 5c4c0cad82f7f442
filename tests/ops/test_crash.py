"""What was acknowledged is there after any crash (kill -9 of every process of the server, while people write)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import psycopg
import pytest

from opensponsor.ops.cluster import Cluster

WRITERS = 4
WRITES_BEFORE_A_CRASH = 200
PAIR = "INSERT INTO pair (writer, number, side) VALUES (%(w)s, %(n)s, 'left'), (%(w)s, %(n)s, 'right')"


class Ledger:
    """The writes that the server said it had committed, as (writer, number)."""

    def __init__(self) -> None:
        self.acknowledged: list[tuple[int, int]] = []
        self.enough = threading.Event()

    def write(self, cluster: Cluster, writer: int, first: int, setting: str) -> None:
        """Write pairs, each in a transaction, until the server dies."""
        try:
            with cluster.connect("app_owner", "opensponsor") as connection:
                connection.execute(f"SET synchronous_commit = {setting}")
                for number in range(first, first + 100_000):
                    connection.execute(PAIR, {"w": writer, "n": number})
                    self.acknowledged.append((writer, number))
                    if len(self.acknowledged) - first >= WRITES_BEFORE_A_CRASH:
                        self.enough.set()
        except psycopg.OperationalError:
            self.enough.set()


@contextmanager
def _under_load(cluster: Cluster, ledger: Ledger, setting: str) -> Iterator[None]:
    first = len(ledger.acknowledged)
    ledger.enough.clear()
    threads = [
        threading.Thread(target=ledger.write, args=(cluster, writer, first, setting)) for writer in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    assert ledger.enough.wait(60)
    yield
    for thread in threads:
        thread.join(60)


def _kill_everything(cluster: Cluster) -> None:
    for process in psutil.process_iter(["cwd"]):
        if process.info["cwd"] == str(cluster.data):
            process.kill()


def _crash(cluster: Cluster, rounds: int, setting: str = "on") -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Kill the server under load `rounds` times. Returns what was acknowledged and what is there."""
    cluster.start()
    with cluster.connect("app_owner", "opensponsor") as connection:
        connection.execute("CREATE TABLE pair (writer int, number int, side text, PRIMARY KEY (writer, number, side))")
    ledger = Ledger()
    for _ in range(rounds):
        with _under_load(cluster, ledger, setting):
            _kill_everything(cluster)
        cluster.start()
    with cluster.connect("app_owner", "opensponsor") as connection:
        assert connection.execute(
            "SELECT count(*) FROM (SELECT FROM pair GROUP BY writer, number HAVING count(*) <> 2) AS torn"
        ).fetchone() == (0,)
        stored = set(connection.execute("SELECT DISTINCT writer, number FROM pair").fetchall())
    assert len(ledger.acknowledged) >= rounds * WRITES_BEFORE_A_CRASH
    return set(ledger.acknowledged), stored


def test_no_acknowledged_write_is_missing_after_crashes(make_cluster):
    acknowledged, stored = _crash(make_cluster(durable=True), rounds=3)
    assert acknowledged - stored == set()


@pytest.mark.soak
def test_no_acknowledged_write_is_missing_after_a_hundred_crashes(make_cluster):
    acknowledged, stored = _crash(make_cluster(durable=True), rounds=100)
    assert acknowledged - stored == set()


@pytest.mark.soak
def test_the_same_crashes_lose_writes_where_commits_do_not_wait_for_the_disk(make_cluster):
    """The twin that must fail: what the tests above would see if anything switched synchronous_commit off."""
    acknowledged, stored = _crash(make_cluster(durable=True), rounds=20, setting="off")
    assert acknowledged - stored != set()


def test_the_death_of_one_backend_or_of_the_main_process_heals(make_cluster):
    cluster = make_cluster()
    cluster.start()
    with cluster.connect(database="opensponsor") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
        backend = connection.info.backend_pid
        psutil.Process(backend).kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    cluster._wait_until_ready(deadline=float("inf"))
    assert not cluster.has_died()
    cluster._process.kill()
    cluster._process.wait(10)
    assert cluster.has_died()
    cluster.start()
    with cluster.connect(database="opensponsor") as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)
