"""Reading and loading the file of a load, as the job that does it."""

from uuid import UUID


def read(load_id: UUID) -> None:
    """Stage the file and say what is in it."""


def run(load_id: UUID) -> None:
    """Stage the file and make records from it, all in one transaction."""
