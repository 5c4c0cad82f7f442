"""How deep the DBS check of a sponsor has to be."""

import datetime as dt
from dataclasses import dataclass

from opensponsor.checks.states import DbsLevel

ADULT_YEARS = 18


@dataclass(frozen=True, slots=True)
class Depth:
    """From which day on which level is needed where a child is among the guests."""

    recorded_from: dt.date
    with_children: DbsLevel
    source: str


# The latest last. A check recorded before the day of a row stays good: nobody is asked for it again.
DEPTHS = (
    Depth(dt.date(2022, 3, 18), DbsLevel.BASIC, "Case management system of the scheme: either level counted at first"),
    Depth(dt.date(2023, 5, 1), DbsLevel.ENHANCED, "Guidance on DBS checks, Homes for Ukraine, as of end April 2023"),
)


def level_with_children(recorded_on: dt.date | None) -> DbsLevel:
    """The level that a check recorded on the day needs where a child is among the guests; without a day the latest."""
    day = recorded_on or dt.date.max
    return next((one for one in reversed(DEPTHS) if one.recorded_from <= day), DEPTHS[0]).with_children


def is_child(birth_date: dt.date, today: dt.date) -> bool:
    """Whether somebody born on the day is under 18 today."""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday) < ADULT_YEARS
