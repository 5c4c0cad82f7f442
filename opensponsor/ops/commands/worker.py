"""`opensponsor worker`: background jobs."""

import argparse

from django.core.management import call_command

from opensponsor.ops.environment import application
from opensponsor.ops.parent import end_with_parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at the same time (default: 4)")


def run(arguments: argparse.Namespace) -> int:
    end_with_parent()
    with application():
        call_command(
            "procrastinate",
            "worker",
            f"--concurrency={arguments.concurrency}",
            "--delete-jobs=successful",
            "--shutdown-graceful-timeout=20",
        )
    return 0
