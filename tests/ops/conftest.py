import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opensponsor.ops.binaries import resolve
from opensponsor.ops.cluster import Cluster, short_folder

MakeCluster = Callable[..., Cluster]


def _enterable() -> Path:
    """A folder that the server's user can enter, which pytest's own folders forbid."""
    folder = Path(tempfile.mkdtemp(prefix="os-", dir=short_folder()))
    folder.chmod(0o755)
    return folder


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a space in its name."""
    base = _enterable()
    folder = base / "with a space"
    folder.mkdir()
    yield folder
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(scope="session")
def fresh_home() -> Iterator[Path]:
    """A cluster that was made and never started; making one takes longer than copying it."""
    base = _enterable()
    Cluster(base / "fresh", resolve(), durable=False).create()
    yield base / "fresh"
    shutil.rmtree(base, ignore_errors=True)


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
