"""`opensponsor check --audit`: is the history what it was when it was sealed?"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import cast

from django.conf import settings
from django.db import connection

from opensponsor.audit import seal_copy, seals
from opensponsor.audit.lines import UNSEALED, Line, read_lines
from opensponsor.audit.models import Seal
from opensponsor.audit.seals import Fault, Finding, Header
from opensponsor.core.rowsecurity import as_system

_IDS_AT_ONCE = 10_000


def check_history() -> list[Finding]:
    """Everything that is wrong with the sealed history, with the line or seal concerned; nothing means untouched.

    Lines written since the last seal are not covered yet. Reads the whole history: some ten seconds for a million
    lines.
    """
    with as_system("history.check"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
        check = _Check()
        # One by one: each holds the hashes of all its lines.
        for number in Seal.objects.values_list("number", flat=True):
            check.add(Seal.objects.get(number=number))
        return check.finish()


class _Check:
    """Seals are added in their order; then everything found so far is named."""

    def __init__(self) -> None:
        self._headers: list[Header] = []
        self._order = _Order()
        self._changes: list[seals.Change] = []
        self._findings: list[Finding] = []

    def add(self, seal: Seal) -> None:
        """Compare a seal with itself and with its lines."""
        header, sealed = seal.header(), seal.lines()
        self._headers.append(header)
        has_all_hashes = len(seal.hashes) == seals.HASH_BYTES * len(seal.ids)
        is_whole = has_all_hashes and seals.digest_of(bytes(seal.previous), sealed.items()) == bytes(seal.digest)
        if not (is_whole and seals.is_signed(settings.AUDIT_KEY, header, bytes(seal.signature))):
            self._findings.append(Finding(Fault.SEAL_ALTERED, seal.number))
            return
        present = {line.id: line for line in _lines(seal.ids)}
        self._changes += seals.compare(sealed, {line.id: line.hash for line in present.values()})
        if not seal.is_restored:
            self._insertions(line for line in present.values() if self._order.is_forged(line))
        self._order.add(header, seal.ids)

    def finish(self) -> list[Finding]:
        """Compare the seals with each other and with their copy, and look for lines that escaped them."""
        copy = seal_copy.read(settings.AUDIT_KEY)
        chain = seals.compare_chain(self._headers, copy.headers)
        if not any(finding.fault is Fault.SEAL_REMOVED for finding in chain):
            self._check_unsealed()
        return [*copy.findings, *chain, *seals.name_changes(self._changes), *self._findings]

    def _check_unsealed(self) -> None:
        """Lines that no seal holds, although all of their time were sealed."""
        last = self._headers[-1] if self._headers else None
        base_id, xid_to = (last.base_id, last.xid_to) if last else (0, 0)
        self._insertions(
            line
            for line in read_lines(UNSEALED)
            if line.id <= base_id or line.xid < xid_to or self._order.is_forged(line)
        )

    def _insertions(self, lines: Iterable[Line]) -> None:
        self._findings += [Finding(Fault.INSERTED, line.id) for line in lines]


def unsealed_since() -> dt.datetime | None:
    """When the oldest line was written that no seal covers yet, or None: more than some minutes ago means that no
    worker seals.
    """
    with as_system("history.check"):
        last = Seal.objects.values_list("base_id", "xid_to").last() or (0, 0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT min(at) FROM audit_event WHERE id > %s AND xid >= %s::text::xid8", last)
            [at] = cursor.fetchone()
    return cast(dt.datetime | None, at)


class _Order:
    """The order of ids and transactions: a line put in later has an id of old and a transaction of today.

    An id is drawn in a transaction that has begun. A line whose id is below one that was sealed, but whose transaction
    had not begun then, was therefore given its id by hand. Seals are compared with the last but one, so that no
    accident of scheduling can look like this.
    """

    def __init__(self) -> None:
        self._highest_ids: list[int] = []
        self._next_transactions: list[int] = []

    def add(self, header: Header, ids: list[int]) -> None:
        """Take note of a seal; a restore begins a new count of transactions."""
        if header.is_restored:
            self._highest_ids, self._next_transactions = [], []
            return
        self._highest_ids.append(max([*self._highest_ids[-1:], *ids[-1:]]))
        self._next_transactions.append(header.xid_next)

    def is_forged(self, line: Line) -> bool:
        """Whether the line, which no seal added so far holds, was put in between lines that were sealed."""
        at = bisect_left(self._highest_ids, line.id)
        return at < len(self._highest_ids) - 1 and line.xid >= self._next_transactions[at]


def _lines(ids: list[int]) -> Iterator[Line]:
    for start in range(0, len(ids), _IDS_AT_ONCE):
        yield from read_lines("id = ANY (%s)", ids[start : start + _IDS_AT_ONCE])
