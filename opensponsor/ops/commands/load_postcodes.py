"""`opensponsor load-postcodes FILE`."""

import argparse
from pathlib import Path

from opensponsor.ops.environment import application


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="the postcode directory of the Office for National Statistics, CSV or zip"
    )


def run(arguments: argparse.Namespace) -> int:
    with application():
        from opensponsor.reference import services

        print(services.load_postcodes(arguments.file))
    return 0
