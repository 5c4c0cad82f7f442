"""Several people at once, each on a connection of their own, all starting at the same instant."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")
_SECONDS = 60


def at_once(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """Run the works at the same time and return what they returned, in their order."""
    barrier = Barrier(len(works), timeout=_SECONDS)

    def run(work: Callable[[], Result]) -> Result:
        try:
            barrier.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=_SECONDS) for future in [pool.submit(run, work) for work in works]]
