"""Whose rows these are: the lowest authority that a row names, else the one of its postcode, else nobody's yet.

Names are matched once for each distinct name of a file; the rows are joined in SQL (CMS-001, CMS-005, CMS-007).
"""

import datetime as dt
from collections.abc import Iterable

from opensponsor.core import bulk
from opensponsor.identity.models import Organisation
from opensponsor.identity.states import OrganisationKind
from opensponsor.reference import queries as reference
from opensponsor.reference.models import Authority
from opensponsor.reference.states import Tier

_NAMES = """
SELECT lower_authority FROM pg_temp.feed_application WHERE lower_authority <> ''
UNION SELECT upper_authority FROM pg_temp.feed_application WHERE upper_authority <> ''
"""

# Where the guests are to live; their sponsor's own home only where they stay with the sponsor.
_WHERE = (
    "coalesce(nullif(a.proposed_postcode, ''),"
    " CASE WHEN a.stays_with_sponsor OR a.proposed_address = '' THEN a.sponsor_postcode END)"
)

_PLACED = f"""
SELECT a.uan, o.id AS owner_id, o.realm, o.kind = 'UNASSIGNED' AS is_unassigned
FROM pg_temp.feed_application a
LEFT JOIN pg_temp.feed_name l ON l.name = a.lower_authority AND l.tier = 'lower'
LEFT JOIN pg_temp.feed_name u ON u.name = a.upper_authority AND u.tier = 'upper'
LEFT JOIN reference_postcode c ON c.postcode = {_WHERE}
LEFT JOIN pg_temp.feed_code p ON p.code = c.lower_tier_id
LEFT JOIN pg_temp.feed_nation n ON n.realm = upper(replace(a.country, ' ', '_'))
JOIN pg_temp.feed_nation e ON e.realm = 'ENGLAND'
JOIN identity_organisation o
  ON o.id = coalesce(l.owner_id, u.owner_id, p.owner_id, n.owner_id, e.owner_id)::int
"""  # noqa: S608 - no value of a file stands in the statement

_PLACED_OFFERS = """
SELECT f.reference, o.id AS owner_id, o.realm, o.kind = 'UNASSIGNED' AS is_unassigned
FROM pg_temp.feed_offer f
LEFT JOIN reference_postcode pc ON pc.postcode = nullif(f.property_postcode, '')
LEFT JOIN pg_temp.feed_code p ON p.code = pc.lower_tier_id
LEFT JOIN reference_postcode hc ON hc.postcode = nullif(f.home_postcode, '')
LEFT JOIN pg_temp.feed_code h ON h.code = hc.lower_tier_id
JOIN pg_temp.feed_nation e ON e.realm = %(realm)s
JOIN identity_organisation o ON o.id = coalesce(p.owner_id, h.owner_id, e.owner_id)::int
"""


def place_applications(today: dt.date) -> None:
    """Fill `feed_placed`: the organisation, and its nation, that each staged application names."""
    owners = _owners()
    found = reference.match_names([name for (name,) in bulk.rows(_NAMES)], today)
    named = [
        (name, tier, str(owners[authority.code]))
        for name, authorities in found.items()
        for tier in ("lower", "upper")
        if (authority := _one(authorities, tier)) and authority.code in owners
    ]
    bulk.fill("feed_name", ("name", "tier", "owner_id"), named)
    _fill_codes(owners, today)
    _check_all_placed(bulk.make("feed_placed", _PLACED, key="uan"), "feed_application")


def place_offers(today: dt.date, *, realm: str) -> None:
    """Fill `feed_placed`: the organisation of the postcode offered, else of the host's home, else of the nation."""
    _fill_codes(_owners(), today)
    _check_all_placed(bulk.make("feed_placed", _PLACED_OFFERS, key="reference", realm=realm), "feed_offer")


def _check_all_placed(placed: int, table: str) -> None:
    """No row may be lost because there is nobody to own it: the organisations of the register come first."""
    [(staged,)] = bulk.rows(f"SELECT count(*) FROM pg_temp.{table}")  # noqa: S608 - one of two names of ours
    if placed != staged:
        raise LookupError("no organisation for records that are not placed yet: load the organisations first")


def _owners() -> dict[str, int]:
    councils = Organisation.objects.filter(kind=OrganisationKind.AUTHORITY, is_active=True, authority__isnull=False)
    return {str(code): pk for code, pk in councils.values_list("authority_id", "pk")}


def _fill_codes(owners: dict[str, int], today: dt.date) -> None:
    standing = reference.standing_for(today)
    codes = [(code, str(owners[authority.code])) for code, authority in standing.items() if authority.code in owners]
    bulk.fill("feed_code", ("code", "owner_id"), codes)
    unassigned = Organisation.objects.filter(kind=OrganisationKind.UNASSIGNED).values_list("realm", "pk")
    bulk.fill("feed_nation", ("realm", "owner_id"), [(realm, str(pk)) for realm, pk in unassigned])


def _one(authorities: Iterable[Authority], tier: str) -> Authority | None:
    """The only one; where a county and a district share a name, the one of the column's tier."""
    found = list(authorities)
    if len(found) > 1:
        found = [one for one in found if (one.tier == Tier.COUNTY) == (tier == "upper")]
    return found[0] if len(found) == 1 else None
