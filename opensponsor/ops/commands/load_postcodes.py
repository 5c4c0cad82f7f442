"""`opensponsor load-postcodes FILE`."""

import argparse
from pathlib import Path

from opensponsor.ops.environment import application


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the ONS Postcode Directory, as CSV or as the zip file it comes in")


def run(arguments: argparse.Namespace) -> int:
    with application():
        from opensponsor.reference.services import load_postcodes

        loaded = load_postcodes(arguments.file)
    print(f"{loaded.read} rows read, {loaded.changed} postcodes added or changed.")
    print(
        f"Left out: {loaded.malformed} malformed, {loaded.without_authority} without an authority, "
        f"{loaded.unknown_authority} with an authority that is not in the register."
    )
    return 0
