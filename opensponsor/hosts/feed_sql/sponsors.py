"""Sponsors: rows of one owner with one name and home postcode are one (FEED-008, SPO-039)."""

from opensponsor.core.bulk import NEW_ID

# Applications come before offers, so that the order in which the two feeds are loaded makes no difference.
GROUPS = """
SELECT DISTINCT ON (owner_id, sponsor_key) *
FROM pg_temp.feed_claim WHERE sponsor_key <> ''
ORDER BY owner_id, sponsor_key, source, newest_event DESC, newest_file DESC, claim DESC
"""

EXACT = """
SELECT g.claim, s.id AS sponsor_id
FROM pg_temp.feed_sponsor_group g JOIN hosts_sponsor s ON s.owner_id = g.owner_id AND s.source_key = g.sponsor_key
"""

# A sponsor that was handed on to another council is kept; one whose name or postcode was put right is re-keyed.
CANDIDATES = """
SELECT DISTINCT ON (c.sponsor_id) c.claim, c.sponsor_id FROM (
  SELECT DISTINCT ON (g.claim) g.claim, f.old_sponsor_id AS sponsor_id
  FROM pg_temp.feed_sponsor_group g
  JOIN pg_temp.feed_claim f ON f.owner_id = g.owner_id AND f.sponsor_key = g.sponsor_key
  JOIN hosts_sponsor s ON s.id = f.old_sponsor_id
  WHERE (s.owner_id = g.owner_id OR s.source_key = g.sponsor_key AND f.old_owner_id = g.owner_id)
    AND NOT EXISTS (SELECT FROM pg_temp.feed_sponsor_exact e WHERE e.claim = g.claim)
    AND NOT EXISTS (SELECT FROM pg_temp.feed_sponsor_exact e WHERE e.sponsor_id = f.old_sponsor_id)
  ORDER BY g.claim, (s.source_key = g.sponsor_key) DESC, (f.claim = g.claim) DESC, f.claim
) AS c
ORDER BY c.sponsor_id, c.claim
"""

SPONSORS = f"""
SELECT g.*, k.sponsor_id IS NULL AS is_new, coalesce(k.sponsor_id, {NEW_ID}) AS sponsor_id,
  coalesce(s.case_id, {NEW_ID}) AS case_id, coalesce(s.owner_id, g.owner_id) AS case_owner_id
FROM pg_temp.feed_sponsor_group g
LEFT JOIN (
  SELECT claim, sponsor_id FROM pg_temp.feed_sponsor_exact
  UNION ALL SELECT claim, sponsor_id FROM pg_temp.feed_sponsor_candidate
) AS k USING (claim)
LEFT JOIN hosts_sponsor s ON s.id = k.sponsor_id
"""  # noqa: S608 - no value of a file stands in the statement

CASES = """
SELECT s.case_id, 'SPO' || lpad(s.number, greatest(6, length(s.number)), '0') AS reference, 'SPONSOR' AS kind,
  s.owner_id, s.title, s.sort_title, %(today)s::date AS opened_on, false AS contact_centre_works
FROM (
  SELECT *, nextval('hosts_sponsor_reference')::text AS number FROM (
    SELECT * FROM pg_temp.feed_sponsor WHERE is_new ORDER BY sponsor_key, owner_id
  ) AS sorted
) AS s
"""

_FED = """jsonb_build_object('given_names', n.given_names, 'family_name', n.family_name, 'email', n.email,
  'phone', n.phone, 'home_address', n.home_address, 'home_postcode', n.home_postcode)"""

INSERT = f"""
INSERT INTO hosts_sponsor (id, created_at, updated_at, version, case_id, owner_id, type, given_names, family_name,
  birth_date, email, phone, status, home_address, home_postcode, source, source_key, fed)
SELECT n.sponsor_id, now(), now(), 1, n.case_id, n.owner_id, n.type, n.given_names, n.family_name, NULL, n.email,
  n.phone, 'HST001', n.home_address, n.home_postcode, n.source, n.sponsor_key, {_FED}
FROM pg_temp.feed_sponsor n WHERE n.is_new ORDER BY n.sponsor_id
"""  # noqa: S608 - no value of a file stands in the statement


def _follows(column: str) -> str:
    """The feed's value, unless the column says something else than the feed did last."""
    return f"CASE WHEN o.{column} = coalesce(o.fed ->> '{column}', '') THEN n.{column} ELSE o.{column} END AS {column}"


_COLUMNS = ("given_names", "family_name", "email", "phone", "home_address", "home_postcode")
_SET = (*_COLUMNS, "type", "source", "source_key", "fed")

# A host who is named in an application is a sponsor from then on; what only an offer says then no longer counts.
UPDATE = f"""
UPDATE hosts_sponsor s SET ({", ".join(_SET)}) = (SELECT {", ".join("v." + name for name in _SET)}),
  version = s.version + 1, updated_at = now()
FROM (
  SELECT o.id, {", ".join(map(_follows, _COLUMNS))}, n.type, n.source, n.sponsor_key AS source_key, {_FED} AS fed
  FROM pg_temp.feed_sponsor n JOIN hosts_sponsor o ON o.id = n.sponsor_id
  WHERE NOT n.is_new AND (n.source = 'FEED' OR o.source <> 'FEED')
    AND (o.fed, o.source_key, o.source) IS DISTINCT FROM ({_FED}, n.sponsor_key, n.source)
) AS v
WHERE s.id = v.id
"""  # noqa: S608 - no value of a file stands in the statement

# The case is called after the sponsor where the sponsor's name is the feed's.
TITLES = """
SELECT s.case_id::text, n.title, n.sort_title
FROM pg_temp.feed_sponsor n JOIN hosts_sponsor s ON s.id = n.sponsor_id
WHERE NOT n.is_new AND (s.given_names, s.family_name) = (n.given_names, n.family_name)
"""
