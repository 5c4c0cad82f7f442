"""Applications that come with a feed, many at once. The feed calls this within its transaction."""

from opensponsor.core import bulk

_COLUMNS = (
    *("owner_id", "case_id", "person_id", "sponsor_id", "address_id", "gwf", "submission", "route", "visa_status"),
    *("given_names", "family_name", "birth_date", "event_at", "ingested_at", "decided_at", "arrived_at", "arrives_on"),
    *("proposed_address", "proposed_postcode", "lower_authority_name", "upper_authority_name", "fed_owner_id"),
)

_VALUES = """
SELECT p.owner_id, p.case_id, p.person_id, l.sponsor_id, l.address_id, f.gwf, f.submission, f.route, f.visa_status,
  f.given_names, f.family_name, f.birth_date, f.event_at, f.ingested_at, f.decided_at, f.arrived_at, f.arrives_on,
  f.proposed_address, f.proposed_postcode, f.lower_authority AS lower_authority_name,
  f.upper_authority AS upper_authority_name, f.fed_owner_id, f.uan, f.old_submission IS NULL AS is_new
FROM pg_temp.feed_fact f
JOIN pg_temp.feed_app p ON p.uan = f.uan
LEFT JOIN pg_temp.feed_linked l ON l.claim = f.uan
"""

_NAMES = ", ".join(_COLUMNS)

_INSERT = f"""
INSERT INTO visas_application (id, created_at, updated_at, version, uan, {_NAMES})
SELECT {bulk.NEW_ID}, now(), now(), 1, uan, {_NAMES} FROM ({_VALUES}) AS v WHERE is_new ORDER BY uan
"""  # noqa: S608 - no value of a file stands in the statement

_UPDATE = f"""
UPDATE visas_application a SET ({_NAMES}) = (SELECT {", ".join("v." + name for name in _COLUMNS)}),
  version = a.version + 1, updated_at = now()
FROM ({_VALUES}) AS v
WHERE a.uan = v.uan AND NOT v.is_new
  AND ({", ".join("a." + name for name in _COLUMNS)}) IS DISTINCT FROM ({", ".join("v." + name for name in _COLUMNS)})
"""  # noqa: S608 - no value of a file stands in the statement


def load_applications() -> None:
    """Bring applications to what `feed_fact` says, linked as `feed_app` and `feed_linked` say."""
    bulk.run(_INSERT)
    bulk.run(_UPDATE)
