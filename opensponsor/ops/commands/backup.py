"""`opensponsor backup FILE`."""

import argparse
from pathlib import Path

from opensponsor.ops.access import access
from opensponsor.ops.backup import back_up
from opensponsor.ops.environment import database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")


def run(arguments: argparse.Namespace) -> int:
    with database() as cluster:
        manifest = back_up(access(cluster), arguments.file)
    print(f"{arguments.file}: {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables.")
    if cluster is not None:
        print(f"It does not hold the keys of this installation; keep a copy of {cluster.home / 'secrets'} elsewhere.")
    return 0
