"""`opensponsor mark-restored`: after a restore by other means than `opensponsor restore`, before anybody works."""

import argparse

from opensponsor.ops.environment import application, var_folder
from opensponsor.ops.lock import only_one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    with only_one(var_folder()), application():
        from opensponsor.audit.services import mark_restored

        mark_restored()
    print("The history says that the database was restored now. Seals made after the backup are void.")
    return 0
