"""What the rows of a file would do: newer than what is known, older, or the same.

The newest event wins, then the newest file; where both are equal the greater text does, so that any order of files
gives the same state (FEED-010).
"""

from opensponsor.core import bulk
from opensponsor.feeds.services.keeping import RAW
from opensponsor.visas.states import GRANTED

_GRANTED = ", ".join(f"'{status}'" for status in sorted(GRANTED))
_AGE = "(coalesce({0}.event_at, '-infinity'), coalesce({0}.ingested_at, '-infinity'))"
_NEW, _OLD = _AGE.format("s"), _AGE.format("a")

_APPLICATIONS = f"""
SELECT s.uan AS key, s.line, p.owner_id, p.realm, p.is_unassigned, s.visa_status, a.visa_status AS old_status,
  s.visa_status IN ({_GRANTED}) AS granted, coalesce((r.facts ->> 'granted')::boolean, false) AS was_granted,
  CASE
    WHEN p.realm <> coalesce(%(realm)s, p.realm) THEN 'other'
    WHEN a.uan IS NULL THEN 'new'
    WHEN {_NEW} > {_OLD} THEN 'changed'
    WHEN {_NEW} < {_OLD} THEN 'older'
    WHEN {RAW} = r.raw THEN 'unchanged'
    WHEN ({RAW})::text COLLATE "C" > r.raw::text COLLATE "C" THEN 'changed'
    ELSE 'older'
  END AS outcome
FROM pg_temp.feed_application s
JOIN pg_temp.feed_placed p ON p.uan = s.uan
LEFT JOIN visas_application a ON a.uan = s.uan
LEFT JOIN feeds_sourcerow r ON r.feed = 'APPLICATIONS' AND r.key = s.uan
"""  # noqa: S608 - no value of a file stands in the statement

_OFFERS = f"""
SELECT s.reference AS key, s.line, p.owner_id, p.realm, p.is_unassigned, '' AS visa_status, '' AS old_status,
  CASE
    WHEN p.realm <> coalesce(%(realm)s, p.realm) THEN 'other'
    WHEN r.key IS NULL THEN 'new'
    WHEN (s.version, coalesce(s.created_at, '-infinity')) > (r.facts_version, r.facts_created_at) THEN 'changed'
    WHEN (s.version, coalesce(s.created_at, '-infinity')) < (r.facts_version, r.facts_created_at) THEN 'older'
    WHEN {RAW} = r.raw THEN 'unchanged'
    WHEN ({RAW})::text COLLATE "C" > r.raw::text COLLATE "C" THEN 'changed'
    ELSE 'older'
  END AS outcome
FROM pg_temp.feed_offer s
JOIN pg_temp.feed_placed p ON p.reference = s.reference
LEFT JOIN (
  SELECT key, raw, (facts ->> 'version')::int AS facts_version,
    coalesce((facts ->> 'created_at')::timestamptz, '-infinity') AS facts_created_at
  FROM feeds_sourcerow WHERE feed = 'OFFERS'
) r ON r.key = s.reference
"""  # noqa: S608 - no value of a file stands in the statement

_COUNTS = """
SELECT outcome, count(*) FROM pg_temp.feed_outcome GROUP BY outcome
UNION ALL
SELECT 'withdrawn', count(*) FROM pg_temp.feed_outcome
WHERE outcome = 'changed' AND visa_status = 'WITHDRAWN' AND old_status <> 'WITHDRAWN'
UNION ALL
SELECT 'unassigned', count(*) FROM pg_temp.feed_outcome WHERE is_unassigned AND outcome IN ('new', 'changed')
"""

_OTHER_NATION = """
INSERT INTO pg_temp.feed_reject (line, field, reason, value)
SELECT line, '', 'OTHER_NATION', key FROM pg_temp.feed_outcome WHERE outcome = 'other'
"""

_COUNTED = ("new", "changed", "unchanged", "older", "withdrawn", "unassigned")


def compare_applications(realm: str | None) -> dict[str, int]:
    """Fill `feed_outcome` for staged and placed applications; counts by outcome.

    With a nation, rows of other nations are set aside as `other`: a devolved government loads its own (CMS-005).
    """
    bulk.make("feed_outcome", _APPLICATIONS, key="key", realm=realm)
    return _counts()


def compare_offers(realm: str | None) -> dict[str, int]:
    """The same for staged and placed offers: the higher version wins."""
    bulk.make("feed_outcome", _OFFERS, key="key", realm=realm)
    return _counts()


def reject_other_nations() -> None:
    """List the rows of other nations among what was refused."""
    bulk.run(_OTHER_NATION)


def _counts() -> dict[str, int]:
    found = bulk.counts(_COUNTS)
    return {name: found.get(name, 0) for name in (*_COUNTED, "other")}
