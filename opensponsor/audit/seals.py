"""Seals: what makes a change of the history visible. Plain values in, plain values out.

A seal covers the lines of history that became final since the seal before it. It keeps the hash of each line, so that
the altered line can be named; a digest over them and the digest before, so that seals form a chain; and a signature
with a key kept outside the database.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

HASH_BYTES = 32
NO_DIGEST = bytes(HASH_BYTES)


@dataclass(frozen=True, slots=True)
class Header:
    """What a seal says, without the hashes of its lines.

    It covers the lines after `base_id` of the transactions `[xid_from, xid_to)`; `xid_next` is the first transaction
    that had not begun. `is_restored` marks the moment at which the database was read from a backup: transactions are
    counted anew from there, and the seals of the same and higher numbers made before it are void. `previous` and
    `digest` are hexadecimal.
    """

    number: int
    sealed_at: str
    is_restored: bool
    base_id: int
    xid_from: int
    xid_to: int
    xid_next: int
    lines: int
    previous: str
    digest: str

    def text(self) -> str:
        """The one spelling of this header that is signed and copied."""
        return json.dumps(asdict(self), sort_keys=True)


class Fault(StrEnum):
    """What can be wrong with the history."""

    ALTERED = "ALTERED"
    REMOVED = "REMOVED"
    INSERTED = "INSERTED"
    EXCHANGED = "EXCHANGED"
    SEAL_ALTERED = "SEAL_ALTERED"
    SEAL_REMOVED = "SEAL_REMOVED"
    COPY_ALTERED = "COPY_ALTERED"


_SENTENCES = {
    Fault.ALTERED: "Line {number} of the history was altered after it was sealed.",
    Fault.REMOVED: "Line {number} of the history was removed after it was sealed.",
    Fault.INSERTED: "Line {number} of the history was put in later between lines that were sealed.",
    Fault.EXCHANGED: "Line {number} of the history was exchanged with line {other}.",
    Fault.SEAL_ALTERED: "Seal {number} was altered, or OPENSPONSOR_AUDIT_KEY is not the key it was made with.",
    Fault.SEAL_REMOVED: "Seal {number} was removed.",
    Fault.COPY_ALTERED: "Line {number} of the copy of the seals was altered.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and the line or seal that it concerns; `other` is the line it was exchanged with."""

    fault: Fault
    number: int
    other: int | None = None

    def __str__(self) -> str:
        return _SENTENCES[self.fault].format(number=self.number, other=self.other)


def hash_line(values: Sequence[str | None]) -> bytes:
    """The hash of what a line says, its id left out: two lines that exchange their ids keep their hashes."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).digest()


def digest_of(previous: bytes, lines: Iterable[tuple[int, bytes]]) -> bytes:
    """The digest of ids and hashes in the order of ids, chained to the digest before."""
    digest = hashlib.sha256(previous)
    for line_id, line_hash in lines:
        digest.update(line_id.to_bytes(8, "big", signed=True) + line_hash)
    return digest.digest()


def sign(key: str, header: Header) -> bytes:
    """The signature of a seal."""
    return hmac.new(key.encode(), header.text().encode(), hashlib.sha256).digest()


def is_signed(key: str, header: Header, signature: bytes) -> bool:
    """Whether whoever made the signature had the key."""
    return hmac.compare_digest(sign(key, header), signature)


def split_hashes(hashes: bytes) -> list[bytes]:
    """The hashes of a seal, one by one."""
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of which the hash is not the one that was sealed; `now` is None where the line is gone."""

    number: int
    sealed: bytes
    now: bytes | None


def compare(sealed: Mapping[int, bytes], present: Mapping[int, bytes]) -> list[Change]:
    """The lines that changed under one seal: hashes by id, then and now."""
    return [Change(number, line, present.get(number)) for number, line in sealed.items() if present.get(number) != line]


def name_changes(changes: Sequence[Change]) -> list[Finding]:
    """What happened to the lines that changed, under whichever seals they are."""
    came_from = {change.sealed: change.number for change in changes}
    return [_name(change, came_from.get(change.now or b"")) for change in sorted(changes, key=lambda c: c.number)]


def _name(change: Change, other: int | None) -> Finding:
    if change.now is None:
        return Finding(Fault.REMOVED, change.number)
    return Finding(Fault.ALTERED, change.number) if other is None else Finding(Fault.EXCHANGED, change.number, other)


def compare_chain(headers: Sequence[Header], copied: Mapping[int, Header]) -> list[Finding]:
    """What happened to the seals: gaps in their numbers, breaks of the chain, and differences from the copy outside the
    database.
    """
    present = {header.number: header for header in headers}
    last = max([0, *present, *copied])
    removed = [Finding(Fault.SEAL_REMOVED, number) for number in range(1, last + 1) if number not in present]
    altered = {number for number, header in copied.items() if number in present and present[number] != header}
    for header in headers:
        before = present.get(header.number - 1)
        if before is not None and before.digest != header.previous:
            altered.add(header.number)
    return removed + [Finding(Fault.SEAL_ALTERED, number) for number in sorted(altered)]
