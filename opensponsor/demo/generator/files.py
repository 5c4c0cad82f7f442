"""Writing what was generated as feeds send it, row after row, so that any size needs the same memory."""

import csv
import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from opensponsor.demo.generator import applications
from opensponsor.demo.generator.applications import COLUMNS, Row, Value
from opensponsor.demo.generator.offers import offers
from opensponsor.demo.generator.population import Population

APPLICATIONS = "applications"
NEXT_DAY = "applications-next-day"
OFFERS = "offers.jsonl"
POSTCODES = "postcodes.csv"


class Format(StrEnum):
    """How a file of applications is written."""

    CSV = "csv"
    JSON_LINES = "jsonl"


def write_all(population: Population, folder: Path, kind: Format = Format.CSV) -> dict[Path, int]:
    """Write every file of the population into the folder, which is made. Gives the rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    today, tomorrow = folder / f"{APPLICATIONS}.{kind}", folder / f"{NEXT_DAY}.{kind}"
    return {
        today: write_applications(applications.rows(population), today, kind),
        tomorrow: write_applications(applications.next_day_rows(population), tomorrow, kind),
        folder / OFFERS: write_offers(population, folder / OFFERS),
        folder / POSTCODES: write_postcodes(population, folder / POSTCODES),
    }


def write_applications(rows: Iterable[Row], path: Path, kind: Format = Format.CSV) -> int:
    """Write rows of applications. Gives how many."""
    with path.open("w", encoding="utf-8", newline="") as file:
        return _write_csv(rows, file) if kind == Format.CSV else _write_lines(_records(rows), file)


def write_offers(population: Population, path: Path) -> int:
    """Write the offers as JSON Lines. Gives how many."""
    with path.open("w", encoding="utf-8", newline="") as file:
        return _write_lines(offers(population), file)


def write_postcodes(population: Population, path: Path) -> int:
    """Write the made-up postcodes of all places as the published directory has its own, so that they can be loaded."""
    pairs = [(postcode, place.code) for place in population.places.values() for postcode in place.postcodes]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("pcds", "lad25cd"))
        writer.writerows(pairs)
    return len(pairs)


def _write_csv(rows: Iterable[Row], file: TextIO) -> int:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([_cell(row.get(column, "")) for column in COLUMNS])
        count += 1
    return count


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return value
    return "; ".join(value) if isinstance(value, list) else str(value).lower()


def _records(rows: Iterable[Row]) -> Iterable[dict[str, Any]]:
    """The keys of each row in the order of the columns, without the empty ones."""
    for row in rows:
        yield {column: row[column] for column in COLUMNS if row.get(column, "") != ""}


def _write_lines(records: Iterable[dict[str, Any]], file: TextIO) -> int:
    count = 0
    for record in records:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
        count += 1
    return count
