"""Cases of households and sponsors that come with a feed, many at once. The feed calls these within its transaction."""

from django.db import connection

from opensponsor.core import bulk

# Who writes when a feed is loaded, as the history has it.
FEED = "feed"
_WRITER = f"system:{FEED}"

_OPEN = """
INSERT INTO cases_case (id, created_at, updated_at, version, reference, kind, owner_id, title, sort_title, status,
  opened_on, contact_centre_works)
SELECT case_id, now(), now(), 1, reference, kind, owner_id, title, sort_title, 'OPEN', opened_on, contact_centre_works
FROM pg_temp.feed_case ORDER BY case_id
"""

_RENAME = """
UPDATE cases_case c SET title = n.title, sort_title = n.sort_title, version = c.version + 1, updated_at = now()
FROM pg_temp.feed_title n
WHERE c.id = n.case_id::uuid AND (c.title, c.sort_title) IS DISTINCT FROM (n.title, n.sort_title)
"""

# As `transfer_case` does for one: shares with the new owner end, people of the old one have no tasks there any more.
_LEAVE = (
    "DELETE FROM cases_share s USING pg_temp.feed_moved m WHERE s.case_id = m.case_id"
    " AND s.organisation_id = m.owner_id",
    "UPDATE cases_task t SET assignee_id = NULL FROM pg_temp.feed_moved m"
    " WHERE t.case_id = m.case_id AND t.completed_at IS NULL AND t.assignee_id IS NOT NULL",
    "UPDATE cases_case c SET owner_id = m.owner_id, assignee_id = NULL, version = c.version + 1, updated_at = now()"
    " FROM pg_temp.feed_moved m WHERE c.id = m.case_id",
)

_TABLES = """
SELECT c.table_name
FROM information_schema.columns c
JOIN information_schema.columns o USING (table_schema, table_name)
JOIN information_schema.columns v USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND c.column_name = 'case_id' AND o.column_name = 'owner_id'
  AND v.column_name = 'version'
ORDER BY c.table_name
"""

_MOVE = """
UPDATE {table} t SET owner_id = m.owner_id, version = t.version + 1, updated_at = now()
FROM pg_temp.feed_moved m WHERE t.case_id = m.case_id AND t.owner_id <> m.owner_id
"""


def open_cases() -> int:
    """Open the cases of `feed_case`."""
    return bulk.run(_OPEN)


def rename_cases() -> int:
    """Call cases as `feed_title` says, where they are called otherwise."""
    return bulk.run(_RENAME)


def move_cases() -> None:
    """Hand the cases of `feed_moved` and everything on them to their new owners (ORG-003)."""
    for statement in _LEAVE:
        bulk.run(statement)
    with connection.cursor() as cursor:
        for (table,) in bulk.rows(_TABLES):
            cursor.execute(_MOVE.format(table=connection.ops.quote_name(table)))


def untouched(table: str, row_id: str, column: str = "") -> str:
    """The condition that nobody but the feed ever changed the row, or that column of it.

    `row_id` is the column in the query that names the row. The history knows: what a council set stands (FEED-010).
    """
    named = f" AND e.detail ? '{column}'" if column else ""
    return (
        f"NOT EXISTS (SELECT FROM audit_event e WHERE e.table_name = '{table}' AND e.row_id = {row_id}::text"
        f" AND e.kind = 'CHANGE' AND e.actor <> '{_WRITER}'{named})"
    )


def untouched_case(case_id: str) -> str:
    """The condition that nobody but the feed ever did anything on the case; looking at it counts for nothing."""
    return (
        f"NOT EXISTS (SELECT FROM audit_event e WHERE e.case_id = {case_id} AND e.kind <> 'ACCESS'"
        f" AND e.actor <> '{_WRITER}')"
    )
