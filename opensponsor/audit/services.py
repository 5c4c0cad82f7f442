"""Writing history. Row changes write themselves; services add what the caseworker meant, pages add who looked."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, connections

from opensponsor.audit import seal_copy, seals
from opensponsor.audit.lines import UNSEALED, Line, read_lines
from opensponsor.audit.models import Kind, Seal
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.rowsecurity import as_system

_RECORD = "SELECT audit_record(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_RECORD_EACH = """
SELECT audit_record(%s, %s, %s, %s, '', c.id, c.owner_id, '', '', %s)
FROM unnest(%s::uuid[], %s::int[]) AS c (id, owner_id)
"""


def _write(
    using: str,
    kind: Kind,
    code: str,
    actor: Actor,
    request_id: str,
    case_id: UUID | None,
    owner_id: int | None,
    detail: dict[str, Any],
) -> None:
    table, row = detail.pop("table", ""), str(detail.pop("row", ""))
    text = json.dumps(detail, cls=DjangoJSONEncoder)
    organisation = actor.organisation_id or None
    with connections[using].cursor() as cursor:
        cursor.execute(
            _RECORD,
            [
                kind,
                code,
                actor.context_name,
                organisation,
                request_id,
                case_id,
                owner_id,
                table,
                row,
                text,
            ],
        )


def record(
    code: str,
    *,
    actor: Actor,
    case_id: UUID | None = None,
    owner_id: int | None = None,
    **detail: Any,
) -> None:
    """Write that a service did something, in the transaction of the change itself (ORG-004).

    `code` is `noun.verb`; `detail` holds the facts of the act, without free text and without names. `table` and `row`
    name the record.
    """
    _write("default", Kind.EVENT, code, actor, "", case_id, owner_id, detail)


def record_each(code: str, *, actor: Actor, cases: Mapping[UUID, int], **detail: Any) -> None:
    """Write that a service did the same to many cases, given with their owners: a line for each, in one statement."""
    text, organisation = json.dumps(detail, cls=DjangoJSONEncoder), actor.organisation_id or None
    values = [Kind.EVENT, code, actor.context_name, organisation, text, list(cases), list(cases.values())]
    with connections["default"].cursor() as cursor:
        cursor.execute(_RECORD_EACH, values)


def record_access(
    code: str,
    *,
    actor: Actor,
    case_id: UUID | None = None,
    owner_id: int | None = None,
    **detail: Any,
) -> None:
    """Write that somebody looked: a record opened, a list with its filter and count, a search, an export."""
    _write("default", Kind.ACCESS, code, actor, "", case_id, owner_id, detail)


def record_outside(
    code: str,
    *,
    actor: Actor,
    request_id: str = "",
    case_id: UUID | None = None,
    **detail: Any,
) -> None:
    """Write a refusal or a failed sign-in on the second connection, because the request's own transaction is rolled
    back.
    """
    _write("outside", Kind.ACCESS, code, actor, request_id, case_id, None, detail)


# Two workers that seal at once would number their seals alike.
_ONE_AT_A_TIME = "SELECT set_config('statement_timeout', '10min', true), pg_advisory_xact_lock(7325)"
# Every transaction below xmin has ended, so that no line of it can still appear; those from xmax on have not begun.
_WINDOW = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint
"""
_IN_WINDOW = "id > %s AND xid >= %s::text::xid8 AND xid < %s::text::xid8"


class RestoredWithoutMark(Exception):
    """Transactions are counted anew although nobody said that the database was read from a backup: `mark_restored` was
    not called.
    """


def seal_events() -> int:
    """Seal the lines that became final since the last seal, and copy the seal out. Returns the number of lines.

    Lines of a transaction that still runs wait for a later seal, whatever their ids. Raises RestoredWithoutMark.
    """
    with as_system("history.seal"):
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
            cursor.execute(_WINDOW)
            xid_to, xid_next = cursor.fetchone()
        last = Seal.objects.last()
        base_id, xid_from = (last.base_id, last.xid_to) if last else (0, 0)
        if xid_to < xid_from:
            raise RestoredWithoutMark
        seal = Seal(base_id=base_id, xid_from=xid_from, xid_to=xid_to, xid_next=xid_next)
        count = _keep(seal, last, read_lines(_IN_WINDOW, base_id, xid_from, xid_to))
    _copy_out()
    return count


def mark_restored() -> None:
    """Say that the database was just read from a backup, before anybody works in it.

    Seals what the backup holds unsealed, makes the seals void that came after the backup, and lets the count of
    transactions begin anew.
    """
    with as_system("history.restore"):
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
            cursor.execute("SELECT coalesce(max(id), 0) FROM audit_event")
            [base_id] = cursor.fetchone()
        seal = Seal(is_restored=True, base_id=base_id, xid_from=0, xid_to=0, xid_next=0)
        _keep(seal, Seal.objects.last(), read_lines(UNSEALED))
    _copy_out()


def _keep(seal: Seal, last: Seal | None, lines: Iterable[Line]) -> int:
    """Number, chain and sign the seal and store it; one without lines only where it marks a restore."""
    found = [(line.id, line.hash) for line in lines]
    if not found and not seal.is_restored:
        return 0
    seal.number = last.number + 1 if last else 1
    seal.sealed_at = clock.now()
    seal.ids = [line_id for line_id, _ in found]
    seal.hashes = b"".join(line_hash for _, line_hash in found)
    seal.previous = bytes(last.digest) if last else seals.NO_DIGEST
    seal.digest = seals.digest_of(seal.previous, found)
    seal.signature = seals.sign(settings.AUDIT_KEY, seal.header())
    Seal.objects.bulk_create([seal])
    return len(found)


def _copy_out() -> None:
    """Copy every seal that is newer than the last one copied: one whose worker died before it could, too."""
    with as_system("history.seal"):
        for seal in Seal.objects.filter(sealed_at__gt=seal_copy.last_sealed_at()):
            seal_copy.append(seal.header(), bytes(seal.signature))
