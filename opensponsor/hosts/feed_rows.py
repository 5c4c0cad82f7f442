"""Sponsors, addresses, offers and sponsorships that come with a feed, many at once. The feed calls these.

They are derived from `pg_temp.feed_claim`: one row for each application or offer that names a sponsor, with the columns
`claim` (its key), `owner_id`, `type`, `source`, `sponsor_key`, names, contact and home, `address`, `postcode`,
`address_key`, `is_sponsors_home`, how new it is, and what it was linked to before (`old_...`).
"""

import datetime as dt

from opensponsor.cases import feed_rows as cases
from opensponsor.core import bulk
from opensponsor.hosts.feed_sql import addresses as A  # noqa: N812 - a statement reads better with one letter
from opensponsor.hosts.feed_sql import sponsors as S  # noqa: N812


def load_sponsors(today: dt.date) -> None:
    """Bring sponsors and their addresses to what `feed_claim` says; each address has an offer (ADR-006).

    Makes `feed_sponsor` and `feed_address`, by which claims find their rows: `feed_linked` has both for each claim.
    """
    bulk.make("feed_sponsor_group", S.GROUPS, key="owner_id, sponsor_key")
    bulk.make("feed_sponsor_exact", S.EXACT, key="claim")
    bulk.make("feed_sponsor_candidate", S.CANDIDATES, key="claim")
    bulk.make("feed_sponsor", S.SPONSORS, key="owner_id, sponsor_key")
    bulk.make("feed_case", S.CASES, today=today)
    cases.open_cases()
    bulk.run(S.INSERT)
    bulk.run(S.UPDATE)
    bulk.fill("feed_title", ("case_id", "title", "sort_title"), bulk.rows(S.TITLES))
    cases.rename_cases()
    bulk.make("feed_address", A.ADDRESSES, key="sponsor_id, address_key")
    bulk.run(A.INSERT)
    bulk.run(A.UPDATE)
    bulk.run(A.INSERT_OFFERS)
    bulk.make("feed_linked", A.LINKED, key="claim")


def load_offers() -> None:
    """Show at each address of `feed_offered` what is offered there; an offer that moved leaves where it was."""
    bulk.run(A.LEAVE_OFFERS)
    bulk.run(A.UPDATE_OFFERS)


def load_sponsorships(today: dt.date) -> None:
    """Let households be sponsored by whom `feed_app` says, from today where it is new, until today where it is over.

    What a council linked or ended stands.
    """
    bulk.make("feed_sponsorship", A.SPONSORSHIPS, key="household_id")
    bulk.run(A.END_SPONSORSHIPS, today=today)
    bulk.run(A.INSERT_SPONSORSHIPS, today=today)
