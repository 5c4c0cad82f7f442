"""The bytes of a file, and its rows as they were staged when it was looked through, kept until it is loaded.

A file is read once: what is loaded is what somebody saw before they asked for it.
"""

from collections.abc import Iterator
from typing import Any

from opensponsor.core import bulk
from opensponsor.feeds import staging_tables as tables
from opensponsor.feeds.codes import Reason
from opensponsor.feeds.models import Load, LoadPart
from opensponsor.feeds.staging import Staged
from opensponsor.feeds.states import Feed

_TABLES = {Feed.APPLICATIONS: tables.APPLICATIONS, Feed.OFFERS: tables.OFFERS}

# Whose nation a row is of is looked at anew.
_REJECTS = """
INSERT INTO pg_temp.feed_reject (line, field, reason, value)
SELECT line, field, reason, value FROM feeds_reject WHERE load_id = %(load)s AND reason <> %(looked_at_anew)s
"""


def parts(load: Load, *, staged: bool = False) -> Iterator[bytes]:
    """The bytes of the file, or of its staged rows, a part at a time."""
    kept = LoadPart.objects.filter(load=load, is_staged=staged).order_by("number")
    for number in list(kept.values_list("number", flat=True)):
        yield bytes(kept.values_list("content", flat=True).get(number=number))


def keep(load: Load, staged: Staged) -> dict[str, Any]:
    """Keep the rows that are staged; what the load has to say of them, for `restore`."""
    table = _TABLES[Feed(load.feed)]
    for number, content in enumerate(tables.copied_out(table)):
        part = LoadPart(load=load, owner_id=load.owner_id, is_staged=True, number=number, content=content)
        part.save(force_insert=True)
    return {"layout": table.layout, "rows": staged.rows, "good": staged.good, "repeated": staged.repeated}


def restore(load: Load) -> Staged | None:
    """Stage the kept rows again, with the rejects; nothing where none are kept, or an upgrade has changed the table."""
    table, numbers = _TABLES[Feed(load.feed)], dict(load.staged)
    if numbers.pop("layout", "") != table.layout:
        return None
    for one in (table, tables.REJECTS):
        tables.make(one)
    for part in parts(load, staged=True):
        with tables.copy_into(table) as copy:
            copy.write(part)
    bulk.run(_REJECTS, load=load.pk, looked_at_anew=Reason.OTHER_NATION.value)
    for one in (table, tables.REJECTS):
        tables.analyze(one)
    return Staged(**numbers, notices=load.notices)
