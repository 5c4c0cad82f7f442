"""The `opensponsor` command line.

A command is a module of `opensponsor.ops.commands` with `add_arguments(parser)` and `run(arguments)`, which gives the
exit code: 0 done, 1 a problem, said in a sentence on the error output, 2 wrong use. Django loads only once the
database is up, so whatever needs it is imported inside `run`.
"""

import argparse
import importlib
import keyword
import sys
from collections.abc import Sequence

from opensponsor.ops.problems import Problem

COMMANDS = {
    "run": "start everything on this machine: PostgreSQL, the web server and the job worker",
    "web": "start the web server alone, for a server with a process manager of its own",
    "worker": "start the worker of background jobs alone",
    "migrate": "bring the database to the state this version expects",
    "load-authorities": "load the register of UK authorities",
    "load-postcodes": "load the published table of postcodes and authorities",
    "import": "load a file of visa applications or of expressions of interest",
    "load-demo": "load invented people and organisations; refused in a live system",
    "demo-feed": "write the files of data feeds about invented people, for trials and measurements",
    "demo-codes": "show the one-time codes of the invented people; in the demonstration only",
    "create-admin": "invite the first administrator of the platform",
    "backup": "write the whole database to one file",
    "restore": "read a backup into an empty database",
    "mark-restored": "note in the history that the database was restored by other means than `restore`",
    "check": "say whether the installation is healthy",
    "prepare": "do what `run` does before the web server starts: migrate, translations, static files, demo data",
}


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of all commands. Only the module of the command asked for is loaded: some take a second."""
    whole = argparse.ArgumentParser(prog="opensponsor", description="Run and look after an OpenSponsor installation.")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        one = commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
        if name in words:
            module = importlib.import_module(f"opensponsor.ops.commands.{_module(name)}")
            module.add_arguments(one)
            one.set_defaults(run=module.run)
    return whole


def _module(command: str) -> str:
    """The name of a command as a name of Python."""
    name = command.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if words is None else words
    arguments = parser(words).parse_args(words)
    try:
        return int(arguments.run(arguments))
    except Problem as problem:
        print(f"opensponsor: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
