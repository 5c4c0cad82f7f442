"""What the measurements need to know of the data, and how many statements a page takes."""

from contextlib import ExitStack
from typing import Any
from uuid import UUID

from bench import floors, servers
from bench.visitors import Visitor


def queries_of(visitor: Visitor, path: str, form: dict[str, str] | None = None) -> int:
    """The statements of a request on all connections, without those that mark places in a transaction."""
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    headers = {"cookie": visitor.cookie, "host": servers.HOST}
    client = Client()
    client.get("/", headers=headers)
    with ExitStack() as stack:
        found = [stack.enter_context(CaptureQueriesContext(connections[name])) for name in ("default", "outside")]
        client.get(path, headers=headers) if form is None else client.post(path, form, headers=headers)
        statements = [query["sql"] for capture in found for query in capture.captured_queries]
    return sum(not one.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for one in statements)


def row_before_page_100(visitor: Visitor) -> UUID:
    """The last row of page 99 of the list of households as it opens; of a shorter list, one near its end."""
    found: UUID = _rows(
        f"""
        SELECT id FROM (SELECT id, sort_title FROM cases_case WHERE kind = 'HOUSEHOLD' AND status = 'OPEN'
          AND owner_id IN ({floors.NATION}) ORDER BY sort_title, id LIMIT 4950) first
        ORDER BY sort_title DESC, id DESC OFFSET 60 LIMIT 1
        """
    )[0][0]
    return found


def households_with_notes(visitor: Visitor) -> list[UUID]:
    """Households of the visitor's council with thirty entries or more in their timeline."""
    query = "SELECT case_id FROM cases_note WHERE owner_id = %(owner)s GROUP BY 1 HAVING count(*) >= 30 ORDER BY 1"
    return [row[0] for row in _rows(query, owner=visitor.actor.organisation_id)]


def largest_councils(most: int) -> list[int]:
    """The councils with the most people, the largest first."""
    query = "SELECT owner_id FROM people_person GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT %(most)s"
    return [row[0] for row in _rows(query, most=most)]


def open_households(visitor: Visitor) -> dict[UUID, int]:
    """The first two hundred open households of the visitor's council, with their versions."""
    return dict(
        _rows(
            "SELECT id, version FROM cases_case WHERE kind = 'HOUSEHOLD' AND status = 'OPEN' AND owner_id = %(owner)s"
            " ORDER BY id LIMIT 200",
            owner=visitor.actor.organisation_id,
        )
    )


def household_fields(case_id: UUID) -> dict[str, str]:
    """What the form of the household holds."""
    from opensponsor.core.rowsecurity import as_system
    from opensponsor.people.models import Household

    with as_system("bench"):
        one = Household.objects.get(case_id=case_id)
    return {
        "route": one.route,
        "correspondence_language": one.correspondence_language,
        **_day("expected_on", one.expected_on),
        **_day("arrived_on", one.arrived_on),
        "is_complex": "on" if one.is_complex else "",
        "version": str(one.version),
    }


def _day(name: str, day: Any) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)} if day else {}


def _rows(query: str, **values: Any) -> list[tuple[Any, ...]]:
    from opensponsor.core import bulk
    from opensponsor.core.rowsecurity import as_system

    with as_system("bench"):
        return bulk.rows(query, **values)
