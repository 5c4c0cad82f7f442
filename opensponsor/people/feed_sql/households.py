"""Households: one for each submission that somebody who is recorded as a person came with."""

from opensponsor.cases.feed_rows import untouched
from opensponsor.core.bulk import NEW_ID

# What the applications submitted together say as a whole. The newest names the owner; a household whose case belongs to
# another than the feed named before was handed on by somebody, and stays there. So do applications that somebody gave
# to a council before there was a household.
SUBMISSIONS = """
WITH newest AS (
  SELECT DISTINCT ON (submission) submission, fed_owner_id, route
  FROM pg_temp.feed_fact ORDER BY submission, newest_event DESC, newest_file DESC, uan DESC
), dates AS (
  SELECT submission, min(arrives_on) AS expected_on, (min(arrived_at) AT TIME ZONE 'Europe/London')::date AS arrived_on,
    max(given_to_id) AS given_to_id
  FROM pg_temp.feed_fact GROUP BY submission
)
SELECT s.submission, s.fed_owner_id, s.route, s.household_id, s.case_id, s.old_owner_id, o.id AS owner_id,
  d.expected_on, d.arrived_on, o.realm
FROM (
  SELECT n.*, h.id AS household_id, h.case_id, c.owner_id AS old_owner_id,
    CASE WHEN c.owner_id <> h.fed_owner_id THEN c.owner_id ELSE n.fed_owner_id END AS owner_id
  FROM newest n
  LEFT JOIN people_household h ON h.source_key = n.submission AND h.source_key <> ''
  LEFT JOIN cases_case c ON c.id = h.case_id
) AS s
JOIN dates d USING (submission)
JOIN identity_organisation o
  ON o.id = CASE WHEN s.household_id IS NULL THEN coalesce(d.given_to_id, s.owner_id) ELSE s.owner_id END
"""

HOUSEHOLDS = f"""
SELECT s.submission, s.owner_id, s.fed_owner_id, s.route, s.expected_on, s.arrived_on, s.household_id IS NULL AS is_new,
  coalesce(s.household_id, {NEW_ID}) AS household_id, coalesce(s.case_id, {NEW_ID}) AS case_id,
  %(today)s::date AS opened_on, l.title, l.sort_title, l.person_id AS lead_id
FROM pg_temp.feed_submission s
JOIN (
  SELECT DISTINCT ON (f.submission) f.submission, f.title, f.sort_title, p.person_id
  FROM pg_temp.feed_person p JOIN pg_temp.feed_fact f ON f.uan = p.uan
  WHERE NOT p.stays
  ORDER BY f.submission, f.birth_date NULLS LAST, f.uan
) AS l USING (submission)
"""  # noqa: S608 - no value of a file stands in the statement

MOVED = """
SELECT h.case_id, h.owner_id
FROM pg_temp.feed_household h JOIN pg_temp.feed_submission s USING (submission)
WHERE s.old_owner_id <> h.owner_id
"""

# The number of a household of a feed begins with FAM (FEED-002, HH-002).
CASES = """
SELECT h.case_id, 'FAM' || lpad(h.number, greatest(6, length(h.number)), '0') AS reference, 'HOUSEHOLD' AS kind,
  h.owner_id, h.title, h.sort_title, h.opened_on, h.route = 'SS' AS contact_centre_works
FROM (
  SELECT *, nextval('people_fam_reference')::text AS number FROM (
    SELECT * FROM pg_temp.feed_household WHERE is_new ORDER BY submission
  ) AS sorted
) AS h
"""

INSERT = """
INSERT INTO people_household (id, created_at, updated_at, version, case_id, owner_id, route, correspondence_language,
  expected_on, arrived_on, is_complex, source_key, fed_owner_id)
SELECT household_id, now(), now(), 1, case_id, owner_id, route, 'NOT_KNOWN', expected_on, arrived_on, false,
  submission, fed_owner_id
FROM pg_temp.feed_household WHERE is_new ORDER BY household_id
"""

_KEEP = "CASE WHEN h.{0} IS NOT DISTINCT FROM f.{0} OR {1} THEN f.{0} ELSE h.{0} END"
_ROUTE, _EXPECTED, _ARRIVED = (
    _KEEP.format(column, untouched("people_household", "h.id", column))
    for column in ("route", "expected_on", "arrived_on")
)

UPDATE = f"""
UPDATE people_household p SET route = n.route, expected_on = n.expected_on, arrived_on = n.arrived_on,
  fed_owner_id = n.fed_owner_id, version = p.version + 1, updated_at = now()
FROM (
  SELECT h.id, f.fed_owner_id, {_ROUTE} AS route, {_EXPECTED} AS expected_on, {_ARRIVED} AS arrived_on
  FROM pg_temp.feed_household f JOIN people_household h ON h.id = f.household_id
  WHERE NOT f.is_new AND (h.route, h.expected_on, h.arrived_on, h.fed_owner_id)
    IS DISTINCT FROM (f.route, f.expected_on, f.arrived_on, f.fed_owner_id)
) AS n
WHERE p.id = n.id AND (p.route, p.expected_on, p.arrived_on, p.fed_owner_id)
  IS DISTINCT FROM (n.route, n.expected_on, n.arrived_on, n.fed_owner_id)
"""  # noqa: S608 - no value of a file stands in the statement

UPDATE_CASES = """
UPDATE cases_case c SET contact_centre_works = (h.route = 'SS'), version = c.version + 1, updated_at = now()
FROM pg_temp.feed_household f JOIN people_household h ON h.id = f.household_id
WHERE c.id = h.case_id AND NOT f.is_new AND c.contact_centre_works <> (h.route = 'SS')
"""
