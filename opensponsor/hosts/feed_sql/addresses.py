"""Addresses that sponsors offer, what is offered there, and whom they sponsor."""

from opensponsor.cases.feed_rows import untouched
from opensponsor.core.bulk import NEW_ID

ADDRESSES = f"""
SELECT a.*, o.id IS NULL AS is_new, coalesce(o.id, {NEW_ID}) AS address_id
FROM (
  SELECT DISTINCT ON (s.sponsor_id, c.address_key) s.sponsor_id, c.address_key, s.case_id, s.case_owner_id AS owner_id,
    c.address, c.postcode, c.is_sponsors_home
  FROM pg_temp.feed_claim c
  JOIN pg_temp.feed_sponsor s ON s.owner_id = c.owner_id AND s.sponsor_key = c.sponsor_key
  WHERE c.address_key <> ''
  ORDER BY s.sponsor_id, c.address_key, c.source, c.newest_event DESC, c.newest_file DESC, c.claim DESC
) AS a
LEFT JOIN hosts_hostaddress o ON o.sponsor_id = a.sponsor_id AND o.source_key = a.address_key
"""  # noqa: S608 - no value of a file stands in the statement

INSERT = """
INSERT INTO hosts_hostaddress (id, created_at, updated_at, version, case_id, owner_id, sponsor_id, address, postcode,
  annotation, is_sponsors_home, source_key)
SELECT address_id, now(), now(), 1, case_id, owner_id, sponsor_id, address, postcode, '', is_sponsors_home, address_key
FROM pg_temp.feed_address WHERE is_new ORDER BY address_id
"""

UPDATE = f"""
UPDATE hosts_hostaddress h SET address = a.address, is_sponsors_home = a.is_sponsors_home,
  version = h.version + 1, updated_at = now()
FROM pg_temp.feed_address a
WHERE h.id = a.address_id AND NOT a.is_new
  AND (h.address, h.is_sponsors_home) IS DISTINCT FROM (a.address, a.is_sponsors_home)
  AND {untouched("hosts_hostaddress", "h.id", "address")}
  AND {untouched("hosts_hostaddress", "h.id", "is_sponsors_home")}
"""  # noqa: S608 - no value of a file stands in the statement

INSERT_OFFERS = f"""
INSERT INTO hosts_offeredproperty (id, created_at, updated_at, version, case_id, owner_id, address_id, status,
  offer_reference, family_type, step_free)
SELECT {NEW_ID}, now(), now(), 1, case_id, owner_id, address_id, 'NEW', '', '', ''
FROM pg_temp.feed_address WHERE is_new ORDER BY address_id
"""  # noqa: S608 - no value of a file stands in the statement

_DETAILS = ("single_rooms", "double_rooms", "family_type", "step_free", "allows_pets", "available_from")

_BLANK = {"family_type": "''", "step_free": "''"}


def _follows(blank: bool) -> str:
    """The feed's values, or none, except where a council set something."""
    return ", ".join(
        f"CASE WHEN {untouched('hosts_offeredproperty', 'o.id', name)}"
        f" THEN {_BLANK.get(name, 'NULL') if blank else 'n.' + name} ELSE o.{name} END AS {name}"
        for name in _DETAILS
    )


_TO = f"""
UPDATE hosts_offeredproperty p SET ({", ".join(_DETAILS)}, offer_reference)
  = (SELECT {", ".join("v." + name for name in _DETAILS)}, v.reference), version = p.version + 1, updated_at = now()
"""  # noqa: S608 - no value of a file stands in the statement

LEAVE_OFFERS = f"""{_TO}
FROM (
  SELECT o.id, '' AS reference, {_follows(True)}
  FROM pg_temp.feed_claim c JOIN hosts_offeredproperty o ON o.offer_reference = c.claim
  WHERE NOT EXISTS (SELECT FROM pg_temp.feed_offered n WHERE n.address_id = o.address_id)
) AS v
WHERE p.id = v.id
"""  # noqa: S608 - no value of a file stands in the statement

UPDATE_OFFERS = f"""{_TO}
FROM (
  SELECT o.id, n.reference, {_follows(False)}
  FROM pg_temp.feed_offered n JOIN hosts_offeredproperty o ON o.address_id = n.address_id
  WHERE ({", ".join("o." + name for name in _DETAILS)}, o.offer_reference)
    IS DISTINCT FROM ({", ".join("n." + name for name in _DETAILS)}, n.reference)
) AS v
WHERE p.id = v.id
"""  # noqa: S608 - no value of a file stands in the statement

LINKED = """
SELECT c.claim, s.sponsor_id, a.address_id
FROM pg_temp.feed_claim c
JOIN pg_temp.feed_sponsor s ON s.owner_id = c.owner_id AND s.sponsor_key = c.sponsor_key
LEFT JOIN pg_temp.feed_address a ON a.sponsor_id = s.sponsor_id AND a.address_key = c.address_key
"""

SPONSORSHIPS = """
SELECT DISTINCT p.household_id, p.case_id, p.owner_id, l.sponsor_id, l.address_id
FROM pg_temp.feed_app p JOIN pg_temp.feed_linked l ON l.claim = p.uan
WHERE p.household_id IS NOT NULL
"""

# Of those that the feed began and nobody changed.
END_SPONSORSHIPS = f"""
UPDATE hosts_sponsorship s SET ends_on = greatest(s.starts_on, %(today)s::date), version = s.version + 1,
  updated_at = now()
WHERE s.ends_on IS NULL
  AND s.household_id IN (
    SELECT h.id FROM pg_temp.feed_touched t JOIN people_household h ON h.source_key = t.submission
    WHERE h.source_key <> '')
  AND NOT EXISTS (
    SELECT FROM pg_temp.feed_sponsorship n
    WHERE n.household_id = s.household_id AND n.sponsor_id = s.sponsor_id
      AND n.address_id IS NOT DISTINCT FROM s.address_id)
  AND {untouched("hosts_sponsorship", "s.id", "sponsor_id")}
"""  # noqa: S608 - no value of a file stands in the statement

# Not again where a council ended it.
INSERT_SPONSORSHIPS = f"""
INSERT INTO hosts_sponsorship (id, created_at, updated_at, version, case_id, owner_id, household_id, sponsor_id,
  address_id, starts_on, ends_on)
SELECT {NEW_ID}, now(), now(), 1, n.case_id, n.owner_id, n.household_id, n.sponsor_id, n.address_id,
  %(today)s::date, NULL
FROM pg_temp.feed_sponsorship n
WHERE NOT EXISTS (
  SELECT FROM hosts_sponsorship s
  WHERE s.household_id = n.household_id AND s.sponsor_id = n.sponsor_id
    AND s.address_id IS NOT DISTINCT FROM n.address_id
    AND (s.ends_on IS NULL OR NOT {untouched("hosts_sponsorship", "s.id", "ends_on")}))
"""  # noqa: S608 - no value of a file stands in the statement
