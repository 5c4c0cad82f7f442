"""Where the record of a case is."""

from functools import cache
from uuid import UUID

from django.urls import reverse

from opensponsor.cases.states import CaseKind

_ANY_ID = UUID(int=0)
NAMESPACES: dict[str, str] = {
    CaseKind.HOUSEHOLD: "households",
    CaseKind.SPONSOR: "sponsors",
    CaseKind.LICENCE: "licences",
}


def record_url(kind: str, case_id: UUID, section: str = "record") -> str:
    """The address of the record, or of one of its sections."""
    return url_of(f"{NAMESPACES[kind]}:{section}", case_id)


def url_of(name: str, row_id: UUID | str) -> str:
    """The address of this name about one row. Looking addresses up anew takes a tenth of the time of a record page."""
    before, after = _around(name)
    return f"{before}{row_id}{after}"


@cache
def _around(name: str) -> tuple[str, str]:
    """What stands before and after the id."""
    before, after = reverse(name, args=[_ANY_ID]).split(str(_ANY_ID))
    return before, after
