"""The walls of the architecture: they hold, they name every context there is, and they would notice a breach."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.ours import PACKAGE

ROOT = PACKAGE.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS, FILES, KINDS, *_ = CONTRACTS
HUMANITARIAN = {"people", "hosts", "checks", "visas", "placements", "funding"}
LICENSED = {"licensing", "certificates"}
# What stands around the contexts.
FRAME = {"config", "core", "web", "api", "ops", "demo", "locale"}
CONTEXTS = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} - FRAME


def lint(folder, config):
    command = [str(Path(sys.executable).parent / "lint-imports"), "--config", str(config), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def test_the_walls_hold():
    done = lint(ROOT, ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout


def test_every_context_keeps_the_order_of_its_files():
    assert {name.removeprefix("opensponsor.") for name in FILES["containers"]} == CONTEXTS


def test_the_two_kinds_of_sponsorship_are_kept_apart_in_every_context_they_have():
    assert {f"opensponsor.{name}" for name in CONTEXTS & LICENSED} == set(KINDS["source_modules"])
    assert {f"opensponsor.{name}" for name in CONTEXTS & HUMANITARIAN} == set(KINDS["forbidden_modules"])


def test_nothing_is_exempt_but_the_entry_point():
    assert LAYERS["exhaustive"]
    assert LAYERS["exhaustive_ignores"] == ["__main__"]


# A small package of the same shape, into which each breach is put in turn.
MODULES = ["core/ids", "people/models", "people/services", "licensing/models", "web/views", "cases/models", "ops/cli"]
SMALL = """
[tool.importlinter]
root_package = "opensponsor"

[[tool.importlinter.contracts]]
name = "layers"
type = "layers"
containers = ["opensponsor"]
exhaustive = true
layers = ["ops", "web", "licensing", "people", "cases", "core"]

[[tool.importlinter.contracts]]
name = "files"
type = "layers"
containers = ["opensponsor.people"]
layers = ["(services)", "(models)"]

[[tool.importlinter.contracts]]
name = "kinds"
type = "forbidden"
source_modules = ["opensponsor.licensing"]
forbidden_modules = ["opensponsor.people"]
"""
BREACHES = {
    "a lower context imports a higher one": ("cases/models", "import opensponsor.people.models"),
    "the core imports a page": ("core/ids", "import opensponsor.web.views"),
    "somebody imports the command line": ("web/views", "import opensponsor.ops.cli"),
    "a model imports a service": ("people/models", "import opensponsor.people.services"),
    "licences import people": ("licensing/models", "import opensponsor.people.models"),
    "a context that nobody put in the list": ("newcomer/models", ""),
}


@pytest.mark.parametrize("breach", [None, *BREACHES])
def test_a_breach_would_be_noticed(tmp_path, breach):
    extra, line = BREACHES.get(breach, ("core/ids", ""))
    for module in [*MODULES, extra]:
        path = tmp_path / "opensponsor" / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in (path.parent, path.parent.parent):
            (folder / "__init__.py").touch()
        path.write_text(line if module == extra else "")
    (tmp_path / "pyproject.toml").write_text(SMALL)
    assert (lint(tmp_path, tmp_path / "pyproject.toml").returncode != 0) == (breach is not None)
