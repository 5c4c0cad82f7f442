"""`opensponsor load-demo`."""

import argparse

from opensponsor.ops.environment import application


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    with application():
        from opensponsor.ops import demo

        demo.load()
    return 0
