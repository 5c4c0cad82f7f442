"""Folders for clusters."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opensponsor.ops.cluster import short_folder


@contextmanager
def enterable_folder() -> Iterator[Path]:
    """A folder with a space in its name that the server's user can enter, which pytest's own folders forbid."""
    base = Path(tempfile.mkdtemp(prefix="os-", dir=short_folder()))
    base.chmod(0o755)
    folder = base / "with a space"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(base, ignore_errors=True)
