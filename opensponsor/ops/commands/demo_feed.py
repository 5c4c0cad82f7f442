"""`opensponsor demo-feed --out FOLDER`: feed files about people who do not exist. It needs no database."""

import argparse
import datetime as dt
from pathlib import Path

from opensponsor.demo.generator.files import Format, write_all
from opensponsor.demo.generator.population import Population
from opensponsor.demo.generator.sizes import SIZES
from opensponsor.ops.problems import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to; it is made if need be")
    parser.add_argument(
        "--size", choices=SIZES, default="S", help="S: 2,000 people, M: 20,000, L: 213,000 (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another number makes other people (default: %(default)s)")
    parser.add_argument(
        "--day", type=dt.date.fromisoformat, default=None, help="the day of the files, as 2026-05-31 (default: today)"
    )
    parser.add_argument(
        "--format", choices=list(Format), type=Format, default=Format.CSV, help="of applications (default: %(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    day = arguments.day or dt.datetime.now(dt.UTC).date()
    try:
        written = write_all(Population(arguments.seed, SIZES[arguments.size], day), arguments.out, arguments.format)
    except OSError as error:
        raise Problem(f"The files cannot be written: {error}") from error
    for path, rows in written.items():
        print(f"{path}: {rows} rows")
    return 0
