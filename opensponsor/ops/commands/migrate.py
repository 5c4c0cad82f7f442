"""`opensponsor migrate`: the database to the state that this version expects, as the owner role."""

import argparse
import os

from django.core.management import call_command

from opensponsor.ops.environment import application
from opensponsor.ops.problems import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only show what would be done")


def run(arguments: argparse.Namespace) -> int:
    with application():
        check_owner()
        call_command("migrate", database="owner", interactive=False, plan=arguments.plan)
    return 0


def check_owner() -> None:
    """Raises Problem when the address of the owner role is missing: the runtime role may not change tables."""
    if not os.environ.get("DATABASE_OWNER_URL"):
        raise Problem("Set DATABASE_OWNER_URL to the address of the role app_owner; migrations run as that role.")
