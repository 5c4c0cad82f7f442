"""Times of two things done in turns, and the line they make."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]

ROUNDS = int(os.environ.get("OPENSPONSOR_BENCH_ROUNDS", "100"))
_WARM = 10


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each round, of ours and of what it is held against."""

    ours: list[float]
    theirs: list[float]


def in_turns(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    between: Callable[[], object] = lambda: None,
    rounds: int = ROUNDS,
) -> Times:
    """Do both by turns, after a few rounds that do not count; `between` rounds something that is not timed."""
    times = Times([], [])
    for number in range(-_WARM, rounds):
        pair = seconds(theirs), seconds(ours)
        between()
        if number >= 0:
            times.theirs.append(pair[0])
            times.ours.append(pair[1])
    return times


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; `most` of nought where nothing was promised."""

    name: str
    times: Times
    most: float
    aim: float
    queries: int = 0
    body: bytes = b""

    def print(self) -> None:
        """Milliseconds, the ratio of the medians, statements, and bytes as they are and as brotli makes them."""
        middle, other = statistics.median(self.times.ours), statistics.median(self.times.theirs)
        late = statistics.quantiles(self.times.ours, n=20)[-1]
        small = len(brotli.compress(self.body, quality=5)) / 1000 if self.body else 0
        ratio = middle / other
        verdict = (
            f"{self.most:5.1f} / {self.aim:4} {'ok' if ratio <= self.most else 'MISSES':7}" if self.most else " " * 20
        )
        print(
            f"  {self.name:40} {middle * 1e3:7.1f} {late * 1e3:7.1f} {other * 1e3:8.2f} {ratio:6.2f} "
            f"{verdict}{self.queries:4} {len(self.body) / 1000:7.1f} {small:6.1f}",
            flush=True,
        )


def print_heading() -> None:
    """What the columns are."""
    print(
        f"  {'ms; the floor, or the page it is held against':40} {'p50':>7} {'p95':>7} {'floor':>8} {'ratio':>6}"
        f"   most / aim {'':6} stmts  kB raw brotli",
        flush=True,
    )
