"""People: applications of one owner with equal passport and birth date are one, else each is its own."""

from opensponsor.cases.feed_rows import untouched
from opensponsor.core.bulk import NEW_ID

_NEWEST = "f.newest_event DESC, f.newest_file DESC, f.uan DESC"

# One row for each person, named by the newest application of theirs. In Wales somebody becomes a person once a visa was
# granted, elsewhere at once (CMS-010, C-60).
GROUPS = f"""
SELECT DISTINCT ON (s.owner_id, f.person_key) s.owner_id, f.person_key, f.uan, f.submission
FROM pg_temp.feed_fact f JOIN pg_temp.feed_submission s USING (submission)
WHERE s.realm <> 'WALES' OR f.granted
ORDER BY s.owner_id, f.person_key, {_NEWEST}
"""  # noqa: S608 - no value of a file stands in the statement

APPLICATIONS_OF_GROUPS = """
SELECT f.uan, g.uan AS group_uan
FROM pg_temp.feed_fact f JOIN pg_temp.feed_submission s USING (submission)
JOIN pg_temp.feed_group g ON g.owner_id = s.owner_id AND g.person_key = f.person_key
WHERE s.realm <> 'WALES' OR f.granted
"""

EXACT = """
SELECT g.uan, p.id AS person_id
FROM pg_temp.feed_group g JOIN people_person p ON p.owner_id = g.owner_id AND p.source_key = g.person_key
"""

# Rows whose key is nobody's any more are given to a person of the same application: re-keyed, not made anew.
CANDIDATES = """
SELECT DISTINCT ON (c.person_id) c.uan, c.person_id FROM (
  SELECT DISTINCT ON (g.uan) g.uan, f.old_person_id AS person_id
  FROM pg_temp.feed_group g
  JOIN pg_temp.feed_member_of m ON m.group_uan = g.uan
  JOIN pg_temp.feed_fact f ON f.uan = m.uan
  WHERE f.old_person_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM pg_temp.feed_exact e WHERE e.uan = g.uan)
    AND NOT EXISTS (SELECT FROM pg_temp.feed_exact e WHERE e.person_id = f.old_person_id)
  ORDER BY g.uan, (m.uan = g.uan) DESC, m.uan
) AS c
ORDER BY c.person_id, c.uan
"""

# Somebody stays in a household that the feed never put them in: a council moved them there.
PEOPLE = f"""
SELECT g.uan, g.owner_id, g.person_key, g.submission, k.person_id IS NULL AS is_new,
  coalesce(k.person_id, {NEW_ID}) AS person_id,
  h.id IS NOT NULL AND h.source_key <> g.submission AND NOT EXISTS (
    SELECT FROM pg_temp.feed_fact f WHERE f.old_person_id = k.person_id AND f.old_submission = h.source_key) AS stays
FROM pg_temp.feed_group g
LEFT JOIN (
  SELECT uan, person_id FROM pg_temp.feed_exact UNION ALL SELECT uan, person_id FROM pg_temp.feed_candidate
) AS k USING (uan)
LEFT JOIN people_householdmember m ON m.person_id = k.person_id AND m.ends_on IS NULL
LEFT JOIN people_household h ON h.id = m.household_id
"""  # noqa: S608 - no value of a file stands in the statement

PLACED = """
SELECT p.uan, p.person_id, p.person_key, p.is_new, p.stays, h.household_id, h.is_new AS in_new, h.case_id, h.owner_id
FROM pg_temp.feed_person p
LEFT JOIN pg_temp.feed_household h ON h.submission = p.submission AND NOT p.stays
"""

# People who were joined with another, or get another key, give up the old one before it is given out again; so do those
# whose case goes to an owner who may have somebody with their key.
RELEASE_KEYS = """
UPDATE people_person p SET source_key = '', version = p.version + 1, updated_at = now()
WHERE p.source_key <> '' AND p.id IN (SELECT old_person_id FROM pg_temp.feed_fact)
  AND NOT EXISTS (
    SELECT FROM pg_temp.feed_person n
    WHERE n.person_id = p.id AND n.person_key = p.source_key AND NOT (
      EXISTS (SELECT FROM pg_temp.feed_moved m WHERE m.case_id = p.case_id)
      AND EXISTS (SELECT FROM pg_temp.feed_person o WHERE o.person_key = p.source_key AND o.person_id <> p.id)))
"""

_FED = """jsonb_build_object('given_names', f.given_names, 'family_name', f.family_name, 'birth_date', f.birth_date,
  'sex', f.sex, 'email', f.email, 'phone', f.phone, 'passport_number', f.passport)"""

INSERT = f"""
INSERT INTO people_person (id, created_at, updated_at, version, case_id, owner_id, given_names, family_name,
  search_name, birth_date, sex, email, phone, passport_number, nhs_number, source_key, fed)
SELECT p.person_id, now(), now(), 1, p.case_id, p.owner_id, f.given_names, f.family_name, f.search_name, f.birth_date,
  f.sex, f.email, f.phone, f.passport, '', p.person_key, {_FED}
FROM pg_temp.feed_placed_person p JOIN pg_temp.feed_fact f ON f.uan = p.uan
WHERE p.is_new ORDER BY p.person_id
"""  # noqa: S608 - no value of a file stands in the statement


def _follows(column: str, fact: str = "") -> str:
    """The feed's value, unless the column says something else than the feed did last."""
    same = f"coalesce(o.{column}::text, '') = coalesce(o.fed ->> '{column}', '')"
    return f"CASE WHEN {same} THEN f.{fact or column} ELSE o.{column} END AS {column}"


_COLUMNS = ("given_names", "family_name", "birth_date", "sex", "email", "phone", "passport_number")
_NEW_VALUES = ", ".join(_follows(name, "passport" if name == "passport_number" else "") for name in _COLUMNS)
_SET = ", ".join((*_COLUMNS, "search_name", "source_key", "case_id", "owner_id", "fed"))

_PLACE = "coalesce(q.case_id, o.case_id), coalesce(q.owner_id, o.owner_id)"

UPDATE = f"""
UPDATE people_person p SET ({_SET}) = (SELECT {", ".join("n." + name for name in _SET.split(", "))}),
  version = p.version + 1, updated_at = now()
FROM (
  SELECT o.id, {_NEW_VALUES}, f.search_name, q.person_key AS source_key,
    coalesce(q.case_id, o.case_id) AS case_id, coalesce(q.owner_id, o.owner_id) AS owner_id, {_FED} AS fed
  FROM pg_temp.feed_placed_person q
  JOIN pg_temp.feed_fact f ON f.uan = q.uan
  JOIN people_person o ON o.id = q.person_id
  WHERE NOT q.is_new AND (o.fed, o.source_key, o.case_id, o.owner_id)
    IS DISTINCT FROM ({_FED}, q.person_key, {_PLACE})
) AS n
WHERE p.id = n.id
RETURNING p.id, p.given_names, p.family_name,
  (p.given_names, p.family_name) IS DISTINCT FROM (p.fed ->> 'given_names', p.fed ->> 'family_name')
"""  # noqa: S608 - no value of a file stands in the statement

SET_SEARCH_NAME = """
UPDATE people_person p SET search_name = n.search_name FROM pg_temp.feed_search_name n
WHERE p.id = n.id::uuid AND p.search_name <> n.search_name
"""

END_MEMBERS = """
UPDATE people_householdmember m SET ends_on = greatest(m.starts_on, %(today)s::date), version = m.version + 1,
  updated_at = now()
FROM pg_temp.feed_placed_person p
WHERE m.person_id = p.person_id AND m.ends_on IS NULL AND NOT p.stays AND m.household_id <> p.household_id
"""

INSERT_MEMBERS = f"""
INSERT INTO people_householdmember (id, created_at, updated_at, version, case_id, owner_id, household_id, person_id,
  is_lead, starts_on, ends_on)
SELECT {NEW_ID}, now(), now(), 1, p.case_id, p.owner_id, p.household_id, p.person_id,
  p.in_new AND h.lead_id = p.person_id, %(today)s::date, NULL
FROM pg_temp.feed_placed_person p JOIN pg_temp.feed_household h ON h.household_id = p.household_id
WHERE NOT EXISTS (SELECT FROM people_householdmember m WHERE m.person_id = p.person_id AND m.ends_on IS NULL)
"""  # noqa: S608 - no value of a file stands in the statement

# The oldest of those in the household, which is the oldest adult where there is one (HH-006).
LEADS = f"""
SELECT DISTINCT ON (m.household_id) m.household_id, m.id AS member_id
FROM pg_temp.feed_household h
JOIN people_householdmember m ON m.household_id = h.household_id AND m.ends_on IS NULL
JOIN people_person p ON p.id = m.person_id
LEFT JOIN pg_temp.feed_person n ON n.person_id = p.id
WHERE NOT h.is_new AND NOT EXISTS (
  SELECT FROM people_householdmember l
  WHERE l.household_id = h.household_id AND l.ends_on IS NULL AND l.is_lead
    AND NOT {untouched("people_householdmember", "l.id", "is_lead")})
ORDER BY m.household_id, CASE WHEN p.fed = '{{}}' THEN p.birth_date ELSE (p.fed ->> 'birth_date')::date END NULLS LAST,
  n.uan NULLS LAST, p.id
"""  # noqa: S608 - no value of a file stands in the statement

UNSET_LEAD = """
UPDATE people_householdmember m SET is_lead = false, version = m.version + 1, updated_at = now()
FROM pg_temp.feed_lead l
WHERE m.household_id = l.household_id AND m.ends_on IS NULL AND m.is_lead AND m.id <> l.member_id
"""

SET_LEAD = """
UPDATE people_householdmember m SET is_lead = true, version = m.version + 1, updated_at = now()
FROM pg_temp.feed_lead l WHERE m.id = l.member_id AND NOT m.is_lead
"""

LEAD_NAMES = """
SELECT h.case_id, p.given_names, p.family_name, coalesce(n.uan, '')
FROM pg_temp.feed_household h
JOIN people_householdmember m ON m.household_id = h.household_id AND m.ends_on IS NULL AND m.is_lead
JOIN people_person p ON p.id = m.person_id
LEFT JOIN pg_temp.feed_person n ON n.person_id = p.id
WHERE NOT h.is_new
"""
