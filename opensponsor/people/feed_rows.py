"""Households and people that come with a feed, many at once. The feed calls these within its transaction.

They are derived from `pg_temp.feed_fact`, which holds every application of each household in question, so that the
order in which files came makes no difference. Where nobody but the feed touched a row, it follows the feed; what a
council set stands (FEED-010).
"""

import datetime as dt

from opensponsor.cases import feed_rows as cases
from opensponsor.cases.services import titles
from opensponsor.core import bulk
from opensponsor.core.names import search_form
from opensponsor.people.feed_sql import households as H  # noqa: N812 - a statement reads better with one letter
from opensponsor.people.feed_sql import persons as P  # noqa: N812


def load_people(today: dt.date) -> None:
    """Bring households and people to what `feed_fact` says; who is in which comes after, with `load_members`.

    Makes `feed_submission`, `feed_person` (one row for each person, with the id of its row and of its household) and
    `feed_household` for those who come after.
    """
    bulk.make("feed_submission", H.SUBMISSIONS, key="submission")
    _match_people()
    bulk.make("feed_household", H.HOUSEHOLDS, key="submission", today=today)
    bulk.make("feed_placed_person", P.PLACED, key="uan")
    _open_households()
    _write_people()


def load_members(today: dt.date) -> None:
    """Put people into their households, let the oldest lead each and call its case after them (HH-006)."""
    _write_members(today)
    _rename_households()


def _match_people() -> None:
    """Find for each person the row there is: of the same key, else of one of the same applications, else a new one."""
    bulk.make("feed_group", P.GROUPS, key="owner_id, person_key")
    bulk.make("feed_exact", P.EXACT, key="uan")
    bulk.make("feed_member_of", P.APPLICATIONS_OF_GROUPS, key="uan")
    bulk.make("feed_candidate", P.CANDIDATES, key="uan")
    bulk.make("feed_person", P.PEOPLE, key="uan")


def _open_households() -> None:
    bulk.make("feed_moved", H.MOVED, key="case_id")
    bulk.run(P.RELEASE_KEYS)
    cases.move_cases()
    bulk.make("feed_case", H.CASES)
    cases.open_cases()
    bulk.run(H.INSERT)
    bulk.run(H.UPDATE)
    bulk.run(H.UPDATE_CASES)


def _write_people() -> None:
    bulk.run(P.INSERT)
    changed = bulk.rows(P.UPDATE)
    edited = [(str(pk), search_form(family, given)[:400]) for pk, given, family, is_edited in changed if is_edited]
    bulk.fill("feed_search_name", ("id", "search_name"), edited)
    bulk.run(P.SET_SEARCH_NAME)


def _write_members(today: dt.date) -> None:
    bulk.run(P.END_MEMBERS, today=today)
    bulk.run(P.INSERT_MEMBERS, today=today)
    bulk.make("feed_lead", P.LEADS, key="household_id")
    bulk.run(P.UNSET_LEAD)
    bulk.run(P.SET_LEAD)


def _rename_households() -> None:
    """A household is called after its lead applicant, or after an application as long as that one has no name."""
    named = []
    for case_id, given, family, uan in bulk.rows(P.LEAD_NAMES):
        title = titles.of_person(given, family)
        named.append((str(case_id), title["title"] or uan, title["sort_title"] or uan.casefold()))
    bulk.fill("feed_title", ("case_id", "title", "sort_title"), named)
    cases.rename_cases()
