"""`opensponsor demo-codes`: what the authenticator apps of the invented people would show now."""

import argparse

from opensponsor.ops.environment import load_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from opensponsor.ops import demo

    print(demo.codes())
    return 0
