"""Where the journey of a Welsh household begins, as far as the feed tells it (JS-001, JS-014)."""

from collections.abc import Iterable

from opensponsor.people.states import JourneyStatus, Route
from opensponsor.visas.states import GRANTED, OVER

_FIRST = {
    Route.SUPER_SPONSOR.value: JourneyStatus.SS01,
    Route.INDIVIDUAL_SPONSOR.value: JourneyStatus.IS01,
}


def first_status(*, route: str, visa_statuses: Iterable[str], is_in_wales: bool) -> JourneyStatus | None:
    """The status that a household of the route starts with once a visa of it is issued; None before, and elsewhere.

    What comes later is for people to say: an arrival does not move it on.
    """
    is_granted = any(status in GRANTED for status in visa_statuses)
    return _FIRST[route] if is_in_wales and is_granted else None


def is_over(visa_statuses: Iterable[str]) -> bool:
    """Whether nobody comes: there are applications, and each of them came to an end."""
    found = list(visa_statuses)
    return bool(found) and all(status in OVER for status in found)
