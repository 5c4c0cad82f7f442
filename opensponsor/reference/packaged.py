"""Reads the facts that come with the code (`data/*.csv`) as frozen rows."""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opensponsor.core.periods import Period

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """One code of one authority; `county` is set for districts only, `name_cy` where Welsh has a name of its own."""

    code: str
    name_en: str
    name_cy: str
    nation: str
    tier: str
    kind: str
    county: str | None
    period: Period


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """One code that takes over from another."""

    predecessor: str
    successor: str
    on: dt.date
    extent: str


@dataclass(frozen=True, slots=True)
class HubRow:
    """A place where people arrived."""

    code: str
    name_en: str
    name_cy: str
    period: Period


def authorities() -> list[AuthorityRow]:
    """Every authority code of the register."""
    return [
        AuthorityRow(
            row["code"],
            row["name_en"],
            row["name_cy"],
            row["nation"],
            row["tier"],
            row["kind"],
            row["county"] or None,
            _period(row),
        )
        for row in _rows("authorities.csv")
    ]


def successions() -> list[SuccessionRow]:
    """Every take-over between two codes."""
    return [
        SuccessionRow(row["predecessor"], row["successor"], dt.date.fromisoformat(row["takes_over_on"]), row["extent"])
        for row in _rows("successions.csv")
    ]


def other_names() -> list[tuple[str, str]]:
    """Pairs of a code and a further name for it."""
    return [(row["code"], row["name"]) for row in _rows("other_names.csv")]


def arrival_hubs() -> list[HubRow]:
    """The arrival hubs."""
    return [HubRow(row["code"], row["name_en"], row["name_cy"], _period(row)) for row in _rows("arrival_hubs.csv")]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _period(row: dict[str, str]) -> Period:
    return Period(_day(row["valid_from"]), _day(row["valid_to"]))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
