"""The file of a backup: a tar of a manifest and PostgreSQL's own dump."""

import json
import os
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path

from opensponsor.ops.problems import Problem

MANIFEST = "manifest.json"
DUMP = "database.dump"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: `rows` counts the rows of each table at the moment of the dump."""

    taken_at: str
    product: str
    postgresql: str
    rows: dict[str, int]


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Write the dump that lies in `folder` and the manifest to `target`, complete or not at all, for its owner only."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1))
    new = folder / "new"
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            for name in (MANIFEST, DUMP):
                archive.add(folder / name, name)
        file.flush()
        os.fsync(file.fileno())
    new.rename(target)


def unpack(file: Path, folder: Path) -> Manifest:
    """Take the dump out of a backup into `folder` and return the manifest. Raises Problem when the file is none."""
    try:
        with tarfile.open(file) as archive:
            for name in (MANIFEST, DUMP):
                archive.extract(name, folder, filter="data")
        return Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, KeyError, TypeError, ValueError, tarfile.TarError) as error:
        raise Problem(f"{file} is not a backup of OpenSponsor that can be read: {error}") from error
