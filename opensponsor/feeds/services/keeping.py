"""The bytes of a file, and its rows as they were staged when it was looked through, kept until it is loaded.

A file is read once: what is loaded is what somebody saw before they asked for it.
"""

from collections.abc import Iterator
from typing import Any

from opensponsor.core import bulk
from opensponsor.feeds import staging_tables as tables
from opensponsor.feeds.codes import Reason
from opensponsor.feeds.models import Load, LoadPart, StagedRow
from opensponsor.feeds.staging import Staged
from opensponsor.feeds.states import Feed

_TABLES = {Feed.APPLICATIONS: tables.APPLICATIONS, Feed.OFFERS: tables.OFFERS}

_KEEP = """
INSERT INTO feeds_stagedrow (load_id, owner_id, line, raw, known)
SELECT %(load)s, %(owner)s, line, raw, to_jsonb(known)
FROM pg_temp.{table} CROSS JOIN LATERAL (SELECT {columns}) AS known
"""
_RESTORE = """
INSERT INTO pg_temp.{table} (line, raw, {columns})
SELECT kept.line, kept.raw, {columns}
FROM feeds_stagedrow AS kept CROSS JOIN LATERAL jsonb_populate_record(NULL::pg_temp.{table}, kept.known) AS known
WHERE kept.load_id = %(load)s
"""
# Whose nation a row is of is looked at anew.
_RESTORE_REJECTS = """
INSERT INTO pg_temp.feed_reject (line, field, reason, value)
SELECT line, field, reason, value FROM feeds_reject WHERE load_id = %(load)s AND reason <> %(looked_at_anew)s
"""


def parts(load: Load) -> Iterator[bytes]:
    """The bytes of the file, a part at a time."""
    kept = LoadPart.objects.filter(load=load).order_by("number")
    for number in list(kept.values_list("number", flat=True)):
        yield bytes(kept.values_list("content", flat=True).get(number=number))


def keep(load: Load, staged: Staged) -> dict[str, Any]:
    """Keep the rows that are staged; what the load has to say of them, for `restore`."""
    table = _TABLES[Feed(load.feed)]
    bulk.run(_named(_KEEP, table), load=load.pk, owner=load.owner_id)
    return {"layout": table.layout, "rows": staged.rows, "good": staged.good, "repeated": staged.repeated}


def restore(load: Load) -> Staged | None:
    """Stage the kept rows again, with the rejects; nothing where none are kept, or an upgrade has changed the table."""
    table, numbers = _TABLES[Feed(load.feed)], dict(load.staged)
    if numbers.pop("layout", "") != table.layout:
        return None
    for one in (table, tables.REJECTS):
        tables.make(one)
    bulk.run(_named(_RESTORE, table), load=load.pk)
    bulk.run(_RESTORE_REJECTS, load=load.pk, looked_at_anew=Reason.OTHER_NATION.value)
    for one in (table, tables.REJECTS):
        tables.analyze(one)
    return Staged(**numbers, notices=load.notices)


def forget(load: Load) -> None:
    """Delete the bytes and the rows of a file that is loaded, refused or cancelled."""
    LoadPart.objects.filter(load=load).delete()
    StagedRow.objects.filter(load=load).delete()


def _named(statement: str, table: tables.Table) -> str:
    columns = [name for name in table.names if name not in {"line", "raw"}]
    return statement.format(table=table.name, columns=", ".join(columns))
