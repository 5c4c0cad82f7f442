"""Visa applications become households, people, sponsors, addresses and applications.

Each step is a few statements over all rows; the order is that of the references between the tables.
"""

import datetime as dt
from uuid import UUID

from opensponsor.checks.services import summaries
from opensponsor.core import bulk
from opensponsor.feeds.services import claims, clearing, facts
from opensponsor.feeds.services.keeping import RAW
from opensponsor.hosts import feed_rows as hosts
from opensponsor.people import feed_rows as people
from opensponsor.visas import feed_rows as visas

# Where each application belongs: to the case of its person, else of the household it was submitted with, if there is
# one yet.
_APPLICATIONS = """
SELECT f.uan, o.id AS person_id, coalesce(o.case_id, h.case_id) AS case_id, p.household_id,
  coalesce(o.owner_id, s.owner_id) AS owner_id
FROM pg_temp.feed_fact f
JOIN pg_temp.feed_submission s USING (submission)
LEFT JOIN pg_temp.feed_household h USING (submission)
LEFT JOIN pg_temp.feed_member_of m ON m.uan = f.uan
LEFT JOIN pg_temp.feed_placed_person p ON p.uan = m.group_uan
LEFT JOIN people_person o ON o.id = p.person_id
"""

_NOT_KEPT = facts.SAID_BY_APPLICATION | {
    *("line", "old_submission", "old_owner_id", "old_person_id", "old_sponsor_id", "old_address_id", "given_to_id")
}
_FACTS = "SELECT * FROM pg_temp.feed_fact LIMIT 0"

_SOURCE_ROWS = f"""
INSERT INTO feeds_sourcerow AS kept (id, created_at, updated_at, version, owner_id, feed, key, load_id, line, raw,
  facts, person_key)
SELECT {bulk.NEW_ID}, now(), now(), 1, p.owner_id, 'APPLICATIONS', f.uan, %(load)s, f.line, {RAW},
  JSON_OBJECT({{facts}} ABSENT ON NULL RETURNING jsonb), f.person_key
FROM pg_temp.feed_fact f
JOIN pg_temp.feed_application s ON s.uan = f.uan
JOIN pg_temp.feed_app p ON p.uan = f.uan
WHERE f.line IS NOT NULL
ON CONFLICT (feed, key) DO UPDATE SET
  (owner_id, load_id, line, raw, facts, person_key, updated_at, version) = (excluded.owner_id, excluded.load_id,
   excluded.line, excluded.raw, excluded.facts, excluded.person_key, now(), kept.version + 1)
"""  # noqa: S608 - no value of a file stands in the statement

# Rows that came before belong to whom their applications belong now. Which they are is found first: where the table was
# analysed before the first applications came, the planner expects none and would read all facts for each.
_OTHER_SOURCE_ROWS = """
WITH other AS MATERIALIZED (
  SELECT f.uan, f.granted, p.owner_id FROM pg_temp.feed_fact f JOIN pg_temp.feed_app p ON p.uan = f.uan
  WHERE f.line IS NULL
)
UPDATE feeds_sourcerow r SET owner_id = other.owner_id,
  facts = r.facts || jsonb_build_object('granted', other.granted), version = r.version + 1
FROM other
WHERE r.feed = 'APPLICATIONS' AND r.key = other.uan
  AND (r.owner_id, (r.facts ->> 'granted')::boolean) IS DISTINCT FROM (other.owner_id, other.granted)
"""

_CASES = """
SELECT case_id FROM pg_temp.feed_household
UNION SELECT a.case_id FROM pg_temp.feed_app a WHERE a.case_id IS NOT NULL
UNION SELECT h.case_id FROM pg_temp.feed_touched t JOIN people_household h ON h.source_key = t.submission
  WHERE h.source_key <> ''
"""


def apply_applications(load_id: UUID, today: dt.date) -> None:
    """Make records of the staged rows that `feed_outcome` calls new or changed, within the caller's transaction."""
    if not facts.gather_facts():
        return
    people.load_people(today)
    clearing.clear_people()
    people.load_members(today)
    bulk.make("feed_app", _APPLICATIONS, key="uan")
    claims.gather_claims(claims.OF_APPLICATIONS)
    hosts.load_sponsors(today)
    hosts.load_sponsorships(today)
    visas.load_applications()
    bulk.run(_SOURCE_ROWS.format(facts=_facts()), load=load_id)
    bulk.run(_OTHER_SOURCE_ROWS)
    clearing.clear_households()
    clearing.clear_sponsors()
    cases = [case_id for (case_id,) in bulk.rows(_CASES)]
    with bulk.many_objects():
        summaries.refresh(cases)


def _facts() -> str:
    """Each fact that is kept, named and told, for a JSON object of them; in its own order, which saves sorting."""
    names = sorted(set(bulk.columns(_FACTS)) - _NOT_KEPT, key=lambda name: (len(name), name))
    return ", ".join(f"'{name}': f.{name}" for name in names)
