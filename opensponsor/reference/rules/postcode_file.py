"""Finding our way in the published postcode directory, whose column names change from edition to edition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# In order of preference. "lad25cd" and its like carry the year of the boundaries in the middle.
_POSTCODE = ("pcds", "pcd8", "pcd7", "pcd2", "pcd", "postcode")
_AUTHORITY = re.compile(r"oslaua|laua|(?:lad|ltla|laua)(?:\d\d)?cd")
_COUNTY = re.compile(r"oscty|cty(?:\d\d)?cd|cty")


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns we read; `county` is None where the edition has none."""

    postcode: int
    authority: int
    county: int | None


def find_columns(header: Sequence[str]) -> Columns | None:
    """The columns of a directory by their names; None when the file is not a postcode directory.

    Where an edition carries boundaries of several years the latest are taken.
    """
    names = [name.strip().strip("\ufeff").casefold() for name in header]
    postcode = next((names.index(name) for name in _POSTCODE if name in names), None)
    authority = _latest(names, _AUTHORITY)
    if postcode is None or authority is None:
        return None
    return Columns(postcode, authority, _latest(names, _COUNTY))


def _latest(names: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    found = [(re.sub(r"\D", "", name), place) for place, name in enumerate(names) if pattern.fullmatch(name)]
    return max(found)[1] if found else None
