"""`opensponsor restore FILE`."""

import argparse
from pathlib import Path

from opensponsor.ops.access import access
from opensponsor.ops.backup import restore
from opensponsor.ops.environment import application, var_folder
from opensponsor.ops.lock import only_one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file written by `opensponsor backup`")
    parser.add_argument("--replace", action="store_true", help="take the place of a database that is not empty")


def run(arguments: argparse.Namespace) -> int:
    with only_one(var_folder()), application() as cluster:
        from opensponsor.audit.services import mark_restored

        manifest = restore(access(cluster), arguments.file, replace=arguments.replace)
        mark_restored()
    print(f"Restored {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, as of {manifest.taken_at}.")
    print("Run `opensponsor migrate` if this version is newer than the backup, then `opensponsor check`.")
    return 0
