"""Removing what only the feed ever made and no application or offer speaks for any more.

So a household that a newer row replaced is not left behind without anybody in it. Whatever somebody wrote on stays:
the history knows who wrote.
"""

from opensponsor.cases.feed_rows import untouched, untouched_case
from opensponsor.core import bulk

_PEOPLE = f"""
SELECT DISTINCT p.id
FROM pg_temp.feed_fact f JOIN people_person p ON p.id = f.old_person_id
WHERE NOT EXISTS (SELECT FROM pg_temp.feed_person n WHERE n.person_id = p.id)
  AND NOT EXISTS (
    SELECT FROM visas_application a
    WHERE a.person_id = p.id AND NOT EXISTS (SELECT FROM pg_temp.feed_fact known WHERE known.uan = a.uan))
  AND {untouched("people_person", "p.id")}
  AND NOT EXISTS (
    SELECT FROM people_householdmember m
    WHERE m.person_id = p.id AND NOT {untouched("people_householdmember", "m.id", "household_id")})
"""  # noqa: S608 - no value of a file stands in the statement

_HOUSEHOLDS = f"""
SELECT h.case_id, h.id
FROM pg_temp.feed_touched t JOIN people_household h ON h.source_key = t.submission AND h.source_key <> ''
WHERE NOT EXISTS (SELECT FROM pg_temp.feed_household f WHERE f.submission = t.submission)
  AND NOT EXISTS (SELECT FROM people_person p WHERE p.case_id = h.case_id)
  AND NOT EXISTS (SELECT FROM visas_application a WHERE a.case_id = h.case_id)
  AND {untouched_case("h.case_id")}
"""  # noqa: S608 - no value of a file stands in the statement

_ADDRESSES = f"""
SELECT h.id
FROM hosts_hostaddress h JOIN hosts_offeredproperty o ON o.address_id = h.id
WHERE h.sponsor_id IN (SELECT old_sponsor_id FROM pg_temp.feed_claim)
  AND h.source_key <> '' AND o.offer_reference = ''
  AND NOT EXISTS (SELECT FROM pg_temp.feed_address n WHERE n.address_id = h.id)
  AND NOT EXISTS (SELECT FROM visas_application a WHERE a.address_id = h.id)
  AND NOT EXISTS (SELECT FROM checks_check c WHERE c.address_id = h.id)
  AND NOT EXISTS (
    SELECT FROM hosts_sponsorship s
    WHERE s.address_id = h.id AND (s.ends_on IS NULL OR NOT {untouched("hosts_sponsorship", "s.id")}))
  AND {untouched("hosts_hostaddress", "h.id")} AND {untouched("hosts_offeredproperty", "o.id")}
"""  # noqa: S608 - no value of a file stands in the statement

_SPONSORS = f"""
SELECT s.case_id, s.id
FROM hosts_sponsor s
WHERE s.id IN (SELECT old_sponsor_id FROM pg_temp.feed_claim) AND s.source_key <> ''
  AND NOT EXISTS (SELECT FROM pg_temp.feed_sponsor n WHERE n.sponsor_id = s.id)
  AND NOT EXISTS (SELECT FROM visas_application a WHERE a.sponsor_id = s.id)
  AND NOT EXISTS (SELECT FROM hosts_hostaddress h WHERE h.sponsor_id = s.id)
  AND NOT EXISTS (
    SELECT FROM hosts_sponsorship p
    WHERE p.sponsor_id = s.id AND (p.ends_on IS NULL OR NOT {untouched("hosts_sponsorship", "p.id")}))
  AND {untouched_case("s.case_id")}
"""  # noqa: S608 - no value of a file stands in the statement

_REMOVALS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("feed_gone_person", _PEOPLE, ("people_householdmember.person_id", "people_person.id")),
    (
        "feed_gone_household",
        _HOUSEHOLDS,
        (
            *("checks_checkssummary.household_id", "hosts_sponsorship.household_id"),
            *("people_householdmember.household_id", "people_household.id", "cases_case.id"),
        ),
    ),
    (
        "feed_gone_address",
        _ADDRESSES,
        ("hosts_sponsorship.address_id", "hosts_offeredproperty.address_id", "hosts_hostaddress.id"),
    ),
    ("feed_gone_sponsor", _SPONSORS, ("hosts_sponsorship.sponsor_id", "hosts_sponsor.id", "cases_case.id")),
)


def clear_people() -> None:
    """Remove people of whom no application speaks; before others are chosen to lead. Applications let go of them after.

    References between tables are checked when the transaction ends.
    """
    _remove(*_REMOVALS[0])


def clear_households() -> None:
    """Remove households that are left without people and applications."""
    _remove(*_REMOVALS[1])


def clear_sponsors() -> None:
    """Remove addresses and sponsors that are left without an application or offer."""
    for removal in _REMOVALS[2:]:
        _remove(*removal)


def _remove(table: str, query: str, columns: tuple[str, ...]) -> None:
    if not bulk.make(table, query):
        return
    for column in columns:
        name, key = column.split(".")
        of = "case_id" if name == "cases_case" else "id"
        bulk.run(f"DELETE FROM {name} x USING pg_temp.{table} g WHERE x.{key} = g.{of}")  # noqa: S608 - names of ours
