"""`opensponsor load-authorities`: the register, and the organisations that follow from it."""

import argparse

from opensponsor.ops.environment import application


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    with application():
        from opensponsor.core import clock
        from opensponsor.identity.services.organisations import load_organisations
        from opensponsor.reference.services import load_authorities

        register = load_authorities()
        plan = load_organisations(today=clock.today())
    changed = register.authorities + register.names + register.successions + register.hubs
    print(f"Register: {changed} rows added, changed or removed.")
    print(
        f"Organisations: {len(plan.created)} new, {len(plan.recoded)} with a new code, {len(plan.renamed)} renamed, "
        f"{len(plan.retired)} retired."
    )
    return 0
