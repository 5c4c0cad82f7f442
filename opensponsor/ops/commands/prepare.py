"""`opensponsor prepare`: everything between a started database and a started web server."""

import argparse
import os

from django.conf import settings
from django.core.management import call_command

from opensponsor.ops import translations
from opensponsor.ops.environment import application, uses_own_server
from opensponsor.ops.static import collect


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    own_server = uses_own_server()
    translations.compile_changed()
    with application():
        # With a server of its own the owner's address may be kept away from here; `migrate` is then a step of its own.
        if os.environ.get("DATABASE_OWNER_URL") or not own_server:
            call_command("migrate", database="owner", interactive=False, verbosity=0)
        collect()
        if settings.ENVIRONMENT == "demo":
            from opensponsor.ops import demo

            demo.load()
            print(demo.log_ins(), flush=True)
    return 0
