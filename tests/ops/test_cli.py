import argparse
import os
import subprocess
import sys

import pytest

from opensponsor.ops import cli
from opensponsor.ops.commands import backup
from opensponsor.ops.problems import Problem


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_has_help(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: opensponsor {name}" in capsys.readouterr().out


def test_the_help_of_all_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    words = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if f"    {name}" not in words] == []


@pytest.mark.parametrize("words", [[], ["fly"], ["backup"], ["run", "--port", "high"]])
def test_wrong_use_is_exit_code_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_problem_is_a_sentence_and_exit_code_1(monkeypatch, capsys):
    def fail(arguments: argparse.Namespace) -> int:
        raise Problem("The disk is full.")

    monkeypatch.setattr(backup, "run", fail)
    assert cli.main(["backup", "file"]) == 1
    assert capsys.readouterr().err == "opensponsor: The disk is full.\n"


@pytest.mark.parametrize("name", ["web", "worker"])
def test_one_part_alone_needs_a_server(name, monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL")
    assert cli.main([name]) == 1
    assert "DATABASE_URL" in capsys.readouterr().err


def test_it_runs_as_a_program():
    done = subprocess.run(
        [sys.executable, "-m", "opensponsor", "--help"], capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 0
    assert "look after an OpenSponsor installation" in done.stdout
