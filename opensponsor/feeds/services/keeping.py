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
SELECT %(load)s, %(owner)s, line, raw, ROW({columns}, NULL, NULL)::text FROM pg_temp.{table}
"""
_RESTORE = """
INSERT INTO pg_temp.{table} ({columns}, kept_at)
SELECT {known}, kept.place FROM (
  SELECT ctid AS place, known::pg_temp.{table} AS known FROM feeds_stagedrow WHERE load_id = %(load)s OFFSET 0
) AS kept
"""
# The raw text of the staged row `s`. Of kept rows it is read where it is: copied, it would be most of what a load
# writes for itself alone. Nobody changes a kept row, so that it stays at its place.
RAW = "coalesce(s.raw, (SELECT kept.raw FROM feeds_stagedrow AS kept WHERE kept.ctid = s.kept_at))"
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
    """Stage the kept rows again, with the rejects.

    Nothing where none are kept, an upgrade has changed the table, or a crash has emptied it.
    """
    table, numbers = _TABLES[Feed(load.feed)], dict(load.staged)
    if numbers.pop("layout", "") != table.layout:
        return None
    for one in (table, tables.REJECTS):
        tables.make(one)
    if bulk.run(_named(_RESTORE, table), load=load.pk) != numbers["good"]:
        return None
    bulk.run(_RESTORE_REJECTS, load=load.pk, looked_at_anew=Reason.OTHER_NATION.value)
    for one in (table, tables.REJECTS):
        tables.analyze(one)
    return Staged(**numbers, notices=load.notices)


def forget(load: Load) -> None:
    """Delete the bytes and the rows of a file that is loaded, refused or cancelled."""
    LoadPart.objects.filter(load=load).delete()
    StagedRow.objects.filter(load=load).delete()


def _named(statement: str, table: tables.Table) -> str:
    columns = table.names[:-1]
    known = ", ".join(f"(kept.known).{name}" for name in columns)
    return statement.format(table=table.name, columns=", ".join(columns), known=known)
