"""Where the record of a case is."""

from uuid import UUID

from django.urls import reverse

from opensponsor.cases.states import CaseKind

NAMESPACES: dict[str, str] = {
    CaseKind.HOUSEHOLD: "households",
    CaseKind.SPONSOR: "sponsors",
    CaseKind.LICENCE: "licences",
}


def record_url(kind: str, case_id: UUID, section: str = "record") -> str:
    """The address of the record, or of one of its sections."""
    return reverse(f"{NAMESPACES[kind]}:{section}", args=[case_id])
