"""Background work on files that came in. Reading or loading one twice is harmless: the second time does nothing."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from opensponsor.core import clock
from opensponsor.feeds.services import automatic, loads


@app.task
def read_load(load_id: str) -> None:
    """Look through a file and say what is in it."""
    _see_through(loads.read, UUID(load_id))


@app.task
def run_load(load_id: str) -> None:
    """Make records from a file."""
    _see_through(loads.run, UUID(load_id))


def _see_through(work: Callable[[UUID], None], load_id: UUID) -> None:
    """Do the work; where it fails, whoever waits for it is told, and the log says why."""
    try:
        work(load_id)
    except Exception:
        loads.give_up(load_id)
        raise


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="watch_feed_folder", lock="watch_feed_folder")
def watch_folder(timestamp: int) -> None:
    """Every minute: load what was put into the folder, if there is one."""
    if settings.FEED_FOLDER:
        automatic.watch(Path(settings.FEED_FOLDER), now=clock.now())
