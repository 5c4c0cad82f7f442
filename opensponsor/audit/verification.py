"""`opensponsor check --audit`: is the history what it was when it was sealed?"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
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
    """Everything that is wrong with the sealed history, with the line or seal that it concerns; nothing means
    untouched.

    Lines written since the last seal are not covered yet. Reads the whole history: some ten seconds for a million
    lines.
    """
    with as_system("history.check"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
        copy = seal_copy.read(settings.AUDIT_KEY)
        headers: list[Header] = []
        findings: list[Finding] = []
        order = _Order()
        for number in Seal.objects.values_list(
            "number", flat=True
        ):  # one by one: each holds the hashes of all its lines
            seal = Seal.objects.get(number=number)
            headers.append(seal.header())
            findings += _check_seal(seal, order)
        chain = seals.compare_chain(headers, copy.headers)
        if all(finding.fault is not Fault.SEAL_REMOVED for finding in chain):
            findings += _check_unsealed(headers, order)
        return [*copy.findings, *chain, *findings]


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


def _check_seal(seal: Seal, order: _Order) -> list[Finding]:
    header, sealed = seal.header(), seal.lines()
    digest = seals.digest_of(bytes(seal.previous), sealed.items())
    whole = len(sealed) == len(seal.ids) and digest == bytes(seal.digest)
    if not (whole and seals.is_signed(settings.AUDIT_KEY, header, bytes(seal.signature))):
        return [Finding(Fault.SEAL_ALTERED, seal.number)]
    present = {}
    forged = []
    for line in _lines(seal.ids):
        present[line.id] = line.hash
        if not seal.is_restored and order.is_forged(line):
            forged.append(Finding(Fault.INSERTED, line.id))
    order.add(header, seal.ids)
    return [*seals.compare(sealed, present), *forged]


def _lines(ids: list[int]) -> Iterator[Line]:
    for start in range(0, len(ids), _IDS_AT_ONCE):
        yield from read_lines("id = ANY (%s)", ids[start : start + _IDS_AT_ONCE])


def _check_unsealed(headers: list[Header], order: _Order) -> list[Finding]:
    """Lines that no seal holds, although all of their time were sealed."""
    base_id, xid_to = (headers[-1].base_id, headers[-1].xid_to) if headers else (0, 0)
    return [
        Finding(Fault.INSERTED, line.id)
        for line in read_lines(UNSEALED)
        if line.id <= base_id or line.xid < xid_to or order.is_forged(line)
    ]
