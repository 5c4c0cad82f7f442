"""Randomness that is the same on every machine: a stream of its own for each purpose and number."""

import random
from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

_DATA = Path(__file__).parent / "data"

T = TypeVar("T")


def stream(seed: int, purpose: str, number: int = 0) -> random.Random:
    """The random numbers of one thing; equal arguments give equal numbers."""
    return random.Random(f"{seed} {purpose} {number}")  # noqa: S311 - invented people, no secret


def weighted(chance: random.Random, choices: Sequence[T], ends: Sequence[float]) -> T:
    """One of the choices. `ends` are the running totals of their weights, as `running` gives them."""
    return choices[bisect(ends, chance.random() * ends[-1], hi=len(choices) - 1)]


def running(weights: Sequence[float]) -> tuple[float, ...]:
    """The running totals of weights."""
    return tuple(accumulate(weights))


class Ranked(Sequence[str]):
    """Words of a data file, the common ones first; a word is drawn less often the later it stands."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(words)
        self._ends = running([1 / (rank + 12) for rank in range(len(words))])

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self._words[index]

    def draw(self, chance: random.Random) -> str:
        """One word."""
        return weighted(chance, self._words, self._ends)


@cache
def words(name: str) -> Ranked:
    """The words of a data file; `|` stands for a space within a word."""
    return Ranked([word.replace("|", " ") for word in text(name).split()])


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of a data file, `key: value; value`."""
    rows = (line.split(":", 1) for line in text(name).splitlines())
    return {key: tuple(value.strip() for value in values.split(";")) for key, values in rows}


def text(name: str) -> str:
    """A data file."""
    return (_DATA / name).read_text(encoding="utf-8")
