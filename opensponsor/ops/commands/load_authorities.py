"""`opensponsor load-authorities`."""

import argparse

from opensponsor.ops.environment import application


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    with application():
        from opensponsor.reference import services

        print(f"Added, changed or removed: {services.load_authorities()}")
    return 0
