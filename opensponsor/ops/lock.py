"""One supervisor per installation."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opensponsor.ops.problems import Problem


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of the installation, which the system frees even when this process is killed.

    Raises Problem when another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(
                f"OpenSponsor is already running here (process {file.read().strip() or 'unknown'})."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
