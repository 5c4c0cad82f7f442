"""Background work on files that came in. Reading or loading one twice is harmless: the second time does nothing."""

from uuid import UUID

from procrastinate.contrib.django import app

from opensponsor.feeds.services import loads


@app.task
def read_load(load_id: str) -> None:
    """Look through a file and say what is in it."""
    loads.read(UUID(load_id))


@app.task
def run_load(load_id: str) -> None:
    """Make records from a file."""
    loads.run(UUID(load_id))
