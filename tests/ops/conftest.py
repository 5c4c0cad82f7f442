import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opensponsor.ops.binaries import resolve
from opensponsor.ops.cluster import Cluster
from tests.ops.places import enterable_folder

MakeCluster = Callable[..., Cluster]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a space in its name that the server's user can enter."""
    with enterable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def fresh_home() -> Iterator[Path]:
    """A cluster that was made and never started; making one takes longer than copying it."""
    with enterable_folder() as folder:
        Cluster(folder / "fresh", resolve(), durable=False).create()
        yield folder / "fresh"


@pytest.fixture
def make_cluster(place: Path, fresh_home: Path) -> Iterator[MakeCluster]:
    """Clusters on the same folder, as if started by one run after another; all are stopped at the end."""
    subprocess.run(["cp", "-a", fresh_home, place / "cluster"], check=True)
    made: list[Cluster] = []

    def make(**options: bool) -> Cluster:
        made.append(Cluster(place / "cluster", resolve(), **{"durable": False} | options))
        return made[-1]

    yield make
    for cluster in made:
        cluster.stop()
