"""Expressions of interest become hosts, addresses and offered properties (FEED-003, SPO-047)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from opensponsor.cases.services import titles
from opensponsor.core import bulk
from opensponsor.feeds.rules.keys import address_key, sponsor_key
from opensponsor.feeds.services import claims, clearing
from opensponsor.feeds.services.keeping import RAW
from opensponsor.hosts import feed_rows as hosts

_WINNERS = "pg_temp.feed_offer s JOIN pg_temp.feed_outcome o ON o.key = s.reference AND o.outcome IN ('new', 'changed')"
_AT_HOME = "s.property_address = '' AND s.property_postcode = ''"

_NAMED = f"""
SELECT s.reference, s.given_names, s.family_name, s.home_postcode,
  CASE WHEN {_AT_HOME} THEN s.home_address ELSE s.property_address END,
  CASE WHEN {_AT_HOME} THEN s.home_postcode ELSE s.property_postcode END
FROM {_WINNERS}
"""  # noqa: S608 - no value of a file stands in the statement
_KEYS = ("reference", "sponsor_key", "title", "sort_title", "address", "postcode", "address_key")

# What somebody gave to another than the file named before stays there, as households do.
_OWNER = """
CASE WHEN r.owner_id <> coalesce(r.facts ->> 'fed_owner_id', r.facts ->> 'owner_id')::int THEN r.owner_id
  ELSE o.owner_id END"""

_CLAIMS = f"""
SELECT s.reference AS claim, {_OWNER} AS owner_id, o.owner_id AS fed_owner_id, 'HOST' AS type,
  'OFFER' AS source, k.sponsor_key, s.given_names, s.family_name, s.email, s.phone, s.home_address, s.home_postcode,
  k.title, k.sort_title, k.address, k.postcode, k.address_key, s.is_sponsors_home,
  coalesce(s.created_at, '-infinity') AS newest_event, '-infinity'::timestamptz AS newest_file,
  h.sponsor_id AS old_sponsor_id, r.owner_id AS old_owner_id
FROM {_WINNERS}
JOIN pg_temp.feed_key k ON k.reference = s.reference
LEFT JOIN hosts_offeredproperty p ON p.offer_reference = s.reference
LEFT JOIN hosts_hostaddress h ON h.id = p.address_id
LEFT JOIN feeds_sourcerow r ON r.feed = 'OFFERS' AND r.key = s.reference
"""  # noqa: S608 - no value of a file stands in the statement

# An address shows the newest of its offers.
_OFFERS = """
SELECT DISTINCT ON (l.address_id) l.address_id, d.*
FROM pg_temp.feed_claim c
JOIN pg_temp.feed_linked l ON l.claim = c.claim
JOIN feeds_sourcerow r ON r.feed = 'OFFERS' AND r.key = c.claim
CROSS JOIN LATERAL jsonb_to_record(r.facts) AS d (reference text, single_rooms int, double_rooms int, family_type text,
  step_free text, allows_pets boolean, available_from date)
WHERE l.address_id IS NOT NULL
ORDER BY l.address_id, c.newest_event DESC, c.claim DESC
"""

_SOURCE_ROWS = f"""
INSERT INTO feeds_sourcerow AS kept (id, created_at, updated_at, version, owner_id, feed, key, load_id, line, raw,
  facts, person_key)
SELECT {bulk.NEW_ID}, now(), now(), 1, c.owner_id, 'OFFERS', s.reference, %(load)s, s.line, {RAW},
  (to_jsonb(c) - '{{old_sponsor_id,old_owner_id}}'::text[])
  || jsonb_build_object('version', s.version, 'created_at', s.created_at, 'reference', s.reference,
  'single_rooms', s.single_rooms, 'double_rooms', s.double_rooms, 'family_type', s.family_type,
  'step_free', s.step_free, 'allows_pets', s.allows_pets, 'available_from', s.available_from),
  {claims.HOST_KEY.format("c.sponsor_key")}
FROM {_WINNERS} JOIN pg_temp.feed_claim c ON c.claim = s.reference
ORDER BY s.reference
ON CONFLICT (feed, key) DO UPDATE SET
  (owner_id, load_id, line, raw, facts, person_key, updated_at, version) = (excluded.owner_id, excluded.load_id,
   excluded.line, excluded.raw, excluded.facts, excluded.person_key, now(), kept.version + 1)
"""  # noqa: S608 - no value of a file stands in the statement


def apply_offers(load_id: UUID, today: dt.date) -> None:
    """Make records of the staged rows that `feed_outcome` calls new or changed, within the caller's transaction."""
    # The query ends before the copying begins: they share the connection.
    bulk.fill("feed_key", _KEYS, _keys(bulk.rows(_NAMED)))
    claims.gather_claims(_CLAIMS)
    hosts.load_sponsors(today)
    bulk.run(_SOURCE_ROWS, load=load_id)
    bulk.make("feed_offered", _OFFERS, key="address_id")
    hosts.load_offers()
    clearing.clear_sponsors()


def _keys(named: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for reference, given, family, home_postcode, address, postcode in named:
        title = titles.of_person(given, family)
        yield (
            reference,
            sponsor_key(given, family, home_postcode),
            title["title"],
            title["sort_title"],
            address,
            postcode,
            address_key(address, postcode),
        )
