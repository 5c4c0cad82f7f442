"""Where hosts live: authorities under all the names that files give them, invented streets and postcodes in them."""

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import count, islice

from opensponsor.demo.generator.chances import stream, table, words
from opensponsor.reference import packaged
from opensponsor.reference.packaged import AuthorityRow

# Outward codes made for an authority that has none in the packaged postcodes, and postcodes made in each.
_OUTWARD_CODES = 3
_POSTCODES = 40
_LAST_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_ROADS = ("Road", "Street", "Avenue", "Close", "Lane", "Drive", "Way", "Terrace", "Gardens", "Crescent", "Place")
_COUNTRIES = {
    "ENGLAND": "England",
    "WALES": "Wales",
    "SCOTLAND": "Scotland",
    "NORTHERN_IRELAND": "Northern Ireland",
}


@dataclass(frozen=True, slots=True)
class Place:
    """An authority that people live in: its own name, others that files use, its county, towns and postcodes."""

    code: str
    name: str
    other_names: tuple[str, ...]
    county: str
    country: str
    towns: tuple[str, ...]
    postcodes: tuple[str, ...]

    @property
    def in_wales(self) -> bool:
        return self.country == "Wales"


@dataclass(frozen=True, slots=True)
class Address:
    """A home. `postcode` is written with its space."""

    street: str
    town: str
    postcode: str

    @property
    def text(self) -> str:
        return f"{self.street}, {self.town}, {self.postcode}"


def places(on: dt.date) -> dict[str, Place]:
    """The lower-tier authorities of that day by code."""
    rows = {row.code: row for row in packaged.authorities()}
    present = [row for row in rows.values() if on in row.period and row.tier != "COUNTY"]
    others, outward = _other_names(rows, on), _outward_codes(present)
    return {row.code: _place(row, rows, others[row.code], outward[row.code]) for row in present}


def _place(row: AuthorityRow, rows: dict[str, AuthorityRow], others: list[str], outward: list[str]) -> Place:
    towns = table("towns.txt").get(row.code) or (row.name_en.split(",")[0].removeprefix("City of "),)
    return Place(
        row.code,
        row.name_en,
        tuple(others),
        rows[row.county].name_en if row.county else row.name_en,
        _COUNTRIES[row.nation],
        towns,
        tuple(postcode for code in outward for postcode in _postcodes(code)),
    )


def _other_names(rows: dict[str, AuthorityRow], on: dt.date) -> defaultdict[str, list[str]]:
    """Names by which a file may mean the authority: in Welsh, in use beside its own, and of those before it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        if row.name_cy:
            found[row.code].append(row.name_cy)
    for code, name in packaged.other_names():
        found[code].append(name)
    borne = {row.name_en for row in rows.values() if on in row.period}
    for taken_over in packaged.successions():
        before = rows[taken_over.predecessor].name_en
        # A name that somebody bears today means them; what was divided is nobody's alone.
        if taken_over.extent == "WHOLE" and before not in borne:
            found[taken_over.successor].append(before)
    return found


def _outward_codes(present: list[AuthorityRow]) -> dict[str, list[str]]:
    taken: defaultdict[str, list[str]] = defaultdict(list)
    for postcode, code in packaged_postcodes():
        outward = postcode.split()[0]
        if outward not in taken[code]:
            taken[code].append(outward)
    used = {outward for outwards in taken.values() for outward in outwards}
    areas = {name: area for area, names in table("postcode_areas.txt").items() for name in names}
    free = {area: map(f"{area}{{}}".format, count(1)) for area in areas.values()}
    for row in present:
        if row.code not in taken:
            unused = (outward for outward in free[areas[row.name_en]] if outward not in used)
            taken[row.code] = list(islice(unused, _OUTWARD_CODES))
    return dict(taken)


def packaged_postcodes() -> list[tuple[str, str]]:
    """The made-up postcodes that come with the code, with the codes of their authorities."""
    lines = (packaged.DATA / "demo_postcodes.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [(postcode, code) for postcode, code in (line.split(",") for line in lines)]


@cache
def _postcodes(outward: str) -> tuple[str, ...]:
    chance = stream(0, f"postcodes {outward}")
    ends = {f"{chance.randint(3, 9)}{chance.choice(_LAST_LETTERS)}{chance.choice(_LAST_LETTERS)}" for _ in range(90)}
    return tuple(f"{outward} {end}" for end in sorted(ends)[:_POSTCODES])


def address(chance: random.Random, place: Place) -> Address:
    """A home in the place."""
    number = int(chance.random() ** 2 * 160) + 1
    street = f"{number} {_street(chance, in_welsh=place.in_wales and chance.random() < 0.5)}"
    if chance.random() < 0.12:
        street = f"Flat {chance.randint(1, 24)}, {street}"
    return Address(street, chance.choice(place.towns), chance.choice(place.postcodes))


def _street(chance: random.Random, *, in_welsh: bool) -> str:
    if in_welsh:
        return words("streets_welsh.txt").draw(chance)
    return f"{words('streets_english.txt').draw(chance)} {chance.choice(_ROADS)}"
