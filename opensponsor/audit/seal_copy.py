"""The copy of the seals outside the database: a file of JSON lines that is only ever added to.

Whoever rewrites history and seals in the database cannot rewrite what was copied away. Each worker's machine has a
copy; ship it to storage that cannot be rewritten.
"""

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from opensponsor.audit.seals import Fault, Finding, Header, is_signed

_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Copy:
    """The seals that are to be in the database, by number, and the faults of the copy itself."""

    headers: dict[int, Header]
    findings: list[Finding]


def path() -> Path:
    """Where the copy is."""
    folder: Path = settings.VAR
    return folder / "seals.jsonl"


def append(header: Header, signature: bytes) -> None:
    """Add a seal, and see it on the disk before returning."""
    path().parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"seal": header.text(), "signature": signature.hex()}) + "\n"
    with open(os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def last_sealed_at() -> dt.datetime:
    """When the last seal of the copy was made; long ago when there is none, or its last line cannot be read."""
    if not path().exists():
        return _LONG_AGO
    with path().open("rb") as file:
        file.seek(max(0, path().stat().st_size - _LONGEST_LINE))
        lines = file.read().splitlines()
    try:
        return dt.datetime.fromisoformat(json.loads(json.loads(lines[-1])["seal"])["sealed_at"])
    except (IndexError, KeyError, TypeError, ValueError):
        return _LONG_AGO


def read(key: str) -> Copy:
    """The copy as it is. A restore makes the seals void that came after the backup."""
    headers: dict[int, Header] = {}
    findings = []
    for number, line in enumerate(_lines(), start=1):
        header = _read_line(line, key)
        if header is None:
            findings.append(Finding(Fault.COPY_ALTERED, number))
            continue
        if header.is_restored:
            headers = {other: kept for other, kept in headers.items() if other < header.number}
        headers[header.number] = header
    return Copy(headers, findings)


def _lines() -> list[str]:
    return path().read_text(encoding="utf-8").splitlines() if path().exists() else []


def _read_line(line: str, key: str) -> Header | None:
    try:
        entry = json.loads(line)
        header = Header(**json.loads(entry["seal"]))
        signature = bytes.fromhex(entry["signature"])
    except (KeyError, TypeError, ValueError):
        return None
    return header if is_signed(key, header, signature) else None
