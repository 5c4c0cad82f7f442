"""Who is named as a sponsor or host, and where: the rows that sponsors and addresses are derived from.

Besides those that a file touches, every other application and offer of the same sponsors counts.
"""

from opensponsor.core import bulk

# Applications of the file, with the household's owner.
OF_APPLICATIONS = """
SELECT f.uan AS claim, p.owner_id, 'SPONSOR' AS type, 'FEED' AS source, f.sponsor_key,
  f.sponsor_given AS given_names, f.sponsor_family AS family_name, f.sponsor_email AS email,
  f.sponsor_phone AS phone, f.sponsor_address AS home_address, f.sponsor_postcode AS home_postcode,
  f.sponsor_title AS title, f.sponsor_sort AS sort_title, f.address, f.postcode, f.address_key,
  f.stays_with_sponsor AS is_sponsors_home, f.newest_event, f.newest_file, f.old_sponsor_id, f.old_owner_id
FROM pg_temp.feed_fact f JOIN pg_temp.feed_app p ON p.uan = f.uan
"""

_SPONSORS = """
SELECT old_sponsor_id AS id FROM pg_temp.feed_claim WHERE old_sponsor_id IS NOT NULL
UNION
SELECT s.id FROM pg_temp.feed_claim c JOIN hosts_sponsor s ON s.owner_id = c.owner_id AND s.source_key = c.sponsor_key
WHERE c.sponsor_key <> ''
"""

# First which, then what they say: a row is read only when it is one of them.
_OTHER_APPLICATIONS = """
WITH others AS MATERIALIZED (
  SELECT a.uan, a.owner_id, a.sponsor_id
  FROM pg_temp.feed_named_sponsor n JOIN visas_application a ON a.sponsor_id = n.id
  WHERE NOT EXISTS (SELECT FROM pg_temp.feed_claim known WHERE known.claim = a.uan)
)
INSERT INTO pg_temp.feed_claim
SELECT c.*
FROM others a
JOIN feeds_sourcerow r ON r.feed = 'APPLICATIONS' AND r.key = a.uan
CROSS JOIN LATERAL jsonb_populate_record(NULL::pg_temp.feed_claim, r.facts || jsonb_build_object(
  'claim', a.uan, 'owner_id', a.owner_id, 'type', 'SPONSOR', 'source', 'FEED',
  'given_names', r.facts -> 'sponsor_given', 'family_name', r.facts -> 'sponsor_family',
  'email', r.facts -> 'sponsor_email', 'phone', r.facts -> 'sponsor_phone',
  'home_address', r.facts -> 'sponsor_address', 'home_postcode', r.facts -> 'sponsor_postcode',
  'title', r.facts -> 'sponsor_title', 'sort_title', r.facts -> 'sponsor_sort',
  'is_sponsors_home', r.facts -> 'stays_with_sponsor', 'old_sponsor_id', a.sponsor_id, 'old_owner_id', a.owner_id)) AS c
"""

# Offers of one host are found by the hash of the host's key, which stands where people of applications have theirs.
HOST_KEY = "encode(sha256(convert_to({0}, 'UTF8')), 'hex')"

_OTHER_OFFERS = f"""
INSERT INTO pg_temp.feed_claim
SELECT c.*
FROM (
  SELECT sponsor_key FROM pg_temp.feed_claim WHERE sponsor_key <> ''
  UNION SELECT s.source_key FROM pg_temp.feed_named_sponsor n JOIN hosts_sponsor s ON s.id = n.id
) AS k
JOIN feeds_sourcerow r ON r.person_key = {HOST_KEY.format("k.sponsor_key")} AND r.feed = 'OFFERS'
LEFT JOIN hosts_offeredproperty o ON o.offer_reference = r.key
LEFT JOIN hosts_hostaddress h ON h.id = o.address_id
CROSS JOIN LATERAL jsonb_populate_record(NULL::pg_temp.feed_claim, r.facts || jsonb_build_object(
  'claim', r.key, 'owner_id', r.owner_id, 'old_sponsor_id', h.sponsor_id, 'old_owner_id', r.owner_id)) AS c
WHERE NOT EXISTS (SELECT FROM pg_temp.feed_claim known WHERE known.claim = r.key)
"""  # noqa: S608 - no value of a file stands in the statement

_LOCK = """
SELECT FROM cases_case WHERE id IN (
  SELECT s.case_id FROM pg_temp.feed_named_sponsor n JOIN hosts_sponsor s ON s.id = n.id
) ORDER BY id FOR NO KEY UPDATE
"""


def gather_claims(query: str) -> None:
    """Fill `feed_claim` from the query of a file's own rows, and with what else is said of the same sponsors."""
    bulk.make("feed_claim", query, key="owner_id, sponsor_key", is_whole=False)
    bulk.make("feed_named_sponsor", _SPONSORS)
    bulk.run("CREATE INDEX ON pg_temp.feed_claim (claim)")
    bulk.run(_LOCK)
    bulk.run(_OTHER_APPLICATIONS)
    bulk.run(_OTHER_OFFERS)
    bulk.run("ANALYZE pg_temp.feed_claim")
