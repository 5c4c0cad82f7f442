"""What is known about the applications that a file touches: the facts that all other records are derived from.

A file touches the households its rows are in or were in, and those that share a person with them. For these `feed_fact`
holds every application, from the file where its row won and from what was kept where it did not.
"""

from collections.abc import Iterator
from typing import Any

from opensponsor.cases.services import titles
from opensponsor.core import bulk
from opensponsor.core.names import search_form
from opensponsor.feeds.rules.keys import address_key, sponsor_key

_CUT = 200
_WINNERS = "pg_temp.feed_application s JOIN pg_temp.feed_outcome o ON o.key = s.uan AND o.outcome IN ('new', 'changed')"

# Where no accommodation is named and the guests stay with their sponsor, it is the sponsor's home.
_AT_HOME = "s.proposed_address = '' AND s.proposed_postcode = '' AND s.stays_with_sponsor"
_ADDRESS = f"CASE WHEN {_AT_HOME} THEN s.sponsor_address ELSE s.proposed_address END"
_POSTCODE = f"CASE WHEN {_AT_HOME} THEN s.sponsor_postcode ELSE s.proposed_postcode END"

# The super sponsor is no person: nobody is made a sponsor of these (APP-011).
_NAMED = f"""
SELECT s.uan, s.given_names, s.family_name, s.sponsor_postcode, {_ADDRESS}, {_POSTCODE},
  CASE WHEN s.route = 'SS' THEN '' ELSE s.sponsor_given END, CASE WHEN s.route = 'SS' THEN '' ELSE s.sponsor_family END
FROM {_WINNERS}
"""  # noqa: S608 - no value of a file stands in the statement
_KEYS = (
    *("uan", "search_name", "title", "sort_title", "sponsor_key", "sponsor_title", "sponsor_sort"),
    *("address", "postcode", "address_key"),
)

# By what facts are found: of other columns the planner need know nothing.
_LOOKED_UP = "uan, submission, person_key, old_submission, old_person_id, old_sponsor_id, line"

_KEPT = """
  s.uan, s.submission, s.gwf, s.route, s.visa_status, s.event_at, s.ingested_at, s.decided_at, s.arrived_at,
  s.arrives_on, s.given_names, s.family_name, s.birth_date, s.sex, s.passport, s.phone, s.email,
  CASE WHEN s.passport <> '' AND s.birth_date IS NOT NULL
    THEN encode(sha256(convert_to(s.passport || '|' || s.birth_date, 'UTF8')), 'hex') ELSE s.uan END AS person_key,
  s.sponsor_given, s.sponsor_family, s.sponsor_email, s.sponsor_phone, s.sponsor_address, s.sponsor_postcode,
  s.proposed_address, s.proposed_postcode, s.stays_with_sponsor, s.lower_authority, s.upper_authority
"""

# What the application itself says is not kept with its raw row a second time.
SAID_BY_APPLICATION = frozenset(
    [
        *("uan", "gwf", "submission", "route", "visa_status", "event_at", "ingested_at", "decided_at", "arrived_at"),
        *("arrives_on", "given_names", "family_name", "birth_date", "proposed_address", "proposed_postcode"),
        *("lower_authority", "upper_authority"),
    ]
)

_FACTS = f"""
SELECT {_KEPT},
  k.search_name, k.title, k.sort_title, k.sponsor_key, k.sponsor_title, k.sponsor_sort, k.address, k.postcode,
  k.address_key, o.owner_id AS fed_owner_id, (o.granted OR o.was_granted) AS granted, s.line,
  coalesce(s.event_at, '-infinity') AS newest_event, coalesce(s.ingested_at, '-infinity') AS newest_file,
  a.submission AS old_submission, a.owner_id AS old_owner_id, a.person_id AS old_person_id,
  a.sponsor_id AS old_sponsor_id, a.address_id AS old_address_id, a.given_to_id
FROM {_WINNERS} JOIN pg_temp.feed_key k ON k.uan = s.uan LEFT JOIN visas_application a ON a.uan = s.uan
"""  # noqa: S608 - no value of a file stands in the statement

_TOUCHED = """
SELECT submission FROM pg_temp.feed_fact
UNION SELECT old_submission FROM pg_temp.feed_fact WHERE old_submission IS NOT NULL
UNION SELECT a.submission FROM pg_temp.feed_outcome o JOIN visas_application a ON a.uan = o.key
  WHERE o.outcome = 'older' AND o.granted AND NOT o.was_granted
"""

# Those that share a person with them, and so on.
_TOUCHED_THEN = """
INSERT INTO pg_temp.feed_touched (submission)
SELECT DISTINCT a.submission
FROM (
  SELECT person_key FROM pg_temp.feed_fact
  UNION
  SELECT r.person_key FROM pg_temp.feed_touched t JOIN visas_application b USING (submission)
  JOIN feeds_sourcerow r ON r.feed = 'APPLICATIONS' AND r.key = b.uan
) AS p
JOIN feeds_sourcerow k ON k.person_key = p.person_key AND k.feed = 'APPLICATIONS'
JOIN visas_application a ON a.uan = k.key
WHERE NOT EXISTS (SELECT FROM pg_temp.feed_touched t WHERE t.submission = a.submission)
"""

# An older row that says a visa was granted still tells that it once was.
_STORED_FACTS = """
INSERT INTO pg_temp.feed_fact
SELECT f.*
FROM pg_temp.feed_touched t
JOIN visas_application a USING (submission)
JOIN feeds_sourcerow r ON r.feed = 'APPLICATIONS' AND r.key = a.uan
LEFT JOIN pg_temp.feed_outcome o ON o.key = a.uan AND o.outcome = 'older'
CROSS JOIN LATERAL jsonb_populate_record(
  NULL::pg_temp.feed_fact,
  to_jsonb(a) || r.facts || CASE WHEN o.granted THEN '{"granted": true}' ELSE '{}'::jsonb END || jsonb_build_object(
    'lower_authority', a.lower_authority_name, 'upper_authority', a.upper_authority_name,
    'old_submission', a.submission, 'old_owner_id', a.owner_id, 'old_person_id', a.person_id,
    'old_sponsor_id', a.sponsor_id, 'old_address_id', a.address_id, 'given_to_id', a.given_to_id)) AS f
WHERE NOT EXISTS (SELECT FROM pg_temp.feed_fact known WHERE known.uan = a.uan)
"""

# Whoever works on one of these locks it first, applications without a household before cases: what they saved until now
# is seen, and they wait for the rest.
_LOCK_APPLICATIONS = """
SELECT FROM visas_application WHERE case_id IS NULL AND uan IN (
  SELECT uan FROM pg_temp.feed_fact WHERE old_submission IS NOT NULL
) ORDER BY id FOR NO KEY UPDATE
"""
_LOCK_CASES = """
SELECT FROM cases_case WHERE id IN (
  SELECT h.case_id FROM pg_temp.feed_touched t JOIN people_household h ON h.source_key = t.submission
  WHERE h.source_key <> ''
  UNION SELECT p.case_id FROM pg_temp.feed_fact f JOIN people_person p ON p.id = f.old_person_id
) ORDER BY id FOR NO KEY UPDATE
"""
_AS_THEY_ARE = """
UPDATE pg_temp.feed_fact f
SET (old_owner_id, old_person_id, old_sponsor_id, old_address_id, given_to_id)
  = (a.owner_id, a.person_id, a.sponsor_id, a.address_id, a.given_to_id)
FROM visas_application a
WHERE a.uan = f.uan AND (f.old_owner_id, f.old_person_id, f.old_sponsor_id, f.old_address_id, f.given_to_id)
  IS DISTINCT FROM (a.owner_id, a.person_id, a.sponsor_id, a.address_id, a.given_to_id)
"""


def gather_facts() -> int:
    """Fill `feed_fact` after `feed_outcome`; the number of applications that have to be looked at again."""
    # Read whole first: a connection that copies cannot be asked meanwhile.
    bulk.fill("feed_key", _KEYS, _keys(bulk.rows(_NAMED)))
    bulk.run("CREATE UNIQUE INDEX ON pg_temp.feed_key (uan)")
    bulk.make("feed_fact", _FACTS, key="uan", is_whole=False)
    bulk.make("feed_touched", _TOUCHED, key="submission")
    while bulk.run(_TOUCHED_THEN):
        bulk.run("ANALYZE pg_temp.feed_touched")
    bulk.run(_STORED_FACTS)
    bulk.run("CREATE INDEX ON pg_temp.feed_fact (submission)")
    bulk.run(f"ANALYZE pg_temp.feed_fact ({_LOOKED_UP})")
    bulk.run(_LOCK_APPLICATIONS)
    bulk.run(_LOCK_CASES)
    bulk.run(_AS_THEY_ARE)
    return bulk.number("SELECT count(*) FROM pg_temp.feed_fact")


def _keys(named: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for uan, given, family, home_postcode, address, postcode, sponsor_given, sponsor_family in named:
        person = titles.of_person(given, family)
        sponsor = titles.of_person(sponsor_given, sponsor_family)
        yield (
            uan,
            # The two differ only where the name is longer than a title may be.
            person["sort_title"] if len(person["sort_title"]) < _CUT else search_form(family, given)[:400],
            # Nobody is named yet (FEED-009): called by the number of the application.
            person["title"] or uan,
            person["sort_title"] or uan.casefold(),
            sponsor_key(sponsor_given, sponsor_family, home_postcode),
            sponsor["title"],
            sponsor["sort_title"],
            address,
            postcode,
            address_key(address, postcode),
        )
