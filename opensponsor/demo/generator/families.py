"""Families as they came: mothers with children most often, few men, grandparents who came along."""

import datetime as dt
import random
from dataclasses import dataclass, replace
from enum import StrEnum

from opensponsor.demo.generator import names
from opensponsor.demo.generator.chances import running, weighted
from opensponsor.demo.generator.names import Name, Spelling

# One letter a person: Woman, Man, Child, Grandmother, grandFather, Adult child, unaccompanied minor (U). The first
# leads. Together they come to 2.8 people, of whom three in ten are children and two thirds of the adults are women.
_SHAPES = {
    "W": 9, "M": 6.5, "U": 0.5, "G": 2.5, "GF": 4, "WW": 2, "WM": 8, "WA": 6, "WAA": 2, "WMA": 5, "WGA": 2,
    "WC": 11, "WCC": 7, "WCCC": 2, "WAC": 5, "WAAC": 1.5, "WWC": 2, "WWCC": 2,
    "WMC": 7, "WMCC": 8, "WMCCC": 2, "WMCCCC": 0.7, "WMAC": 4, "WMAA": 2.5,
    "WGC": 4.5, "WGCC": 3, "WGFC": 3, "WMGC": 3, "WMGFCC": 1.5, "WMGCC": 1.5, "WMGF": 2,
}  # fmt: skip
_SHAPE_NAMES = tuple(_SHAPES)
_SHAPE_ENDS = running(list(_SHAPES.values()))
_SPELLINGS = (Spelling.OFFICIAL, Spelling.VARIANT, Spelling.CYRILLIC, Spelling.CAPITALS)
_SPELLING_ENDS = running([82, 7, 8, 3])
PLACEHOLDER_PASSPORT = "123456789"


class Copying(StrEnum):
    """How the second application of somebody differs from the first."""

    EQUAL = "equal"
    CASE = "case"
    PHONE = "phone"
    PASSPORT_MISSING = "passport missing"
    BIRTH_DATE_MISSING = "birth date missing"
    SWAPPED = "swapped"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who applies. `name` is in Cyrillic, `written` as the application has it; a phone is its last digits."""

    name: Name
    written: Name
    is_woman: bool
    birth_date: dt.date | None
    passport: str
    email: str
    phone: str
    phone_style: int


def family(chance: random.Random, day: dt.date) -> tuple[Person, ...]:
    """The people of one household, the lead applicant first."""
    shape = weighted(chance, _SHAPE_NAMES, _SHAPE_ENDS)
    surname = names.family_name(chance)
    maiden = names.family_name(chance)
    spelling = weighted(chance, _SPELLINGS, _SPELLING_ENDS)
    ages = _ages(chance, shape)
    return tuple(
        _person(chance, role, maiden if role in "GF" and shape[0] == "W" else surname, age, spelling, day)
        for role, age in zip(shape, ages, strict=True)
    )


def _ages(chance: random.Random, shape: str) -> list[int]:
    youngest = 25 + 5 * shape.count("C") if "C" in shape or "A" in shape else 18
    lead = int(chance.triangular(max(youngest, 44 if "A" in shape else 0), 68 if shape in {"W", "M", "WM"} else 48))
    ages = {
        "W": lambda: lead if chance.random() < 0.8 else max(18, lead - chance.randint(0, 6)),
        "M": lambda: max(18, lead + chance.randint(-4, 8)),
        "C": lambda: chance.randint(0, min(17, lead - 18)),
        "A": lambda: chance.randint(18, max(19, lead - 22)),
        "G": lambda: min(91, max(52, lead + chance.randint(20, 34))) if shape[0] == "W" else chance.randint(58, 84),
        "F": lambda: min(93, max(54, lead + chance.randint(21, 37))) if shape[0] == "W" else chance.randint(58, 86),
        "U": lambda: chance.randint(14, 17),
    }
    return [lead if number == 0 and role in "WM" else ages[role]() for number, role in enumerate(shape)]


def _person(chance: random.Random, role: str, surname: str, age: int, spelling: Spelling, day: dt.date) -> Person:
    is_woman = chance.random() < 0.5 if role in "CUA" else role in "WG"
    family_name = names.womens_form(surname) if is_woman else surname
    name = Name(names.given_name(chance, is_woman=is_woman), family_name)
    born = day - dt.timedelta(days=age * 365 + age // 4 + 1 + chance.randint(0, 363))
    number, is_known = (
        f"{chance.choice('EFGHP')}{chance.choice('ABCEHKTX')}{chance.randrange(10**6):06d}",
        chance.random(),
    )
    is_grown = age >= 16
    mailbox = ".".join((names.latin(name.given), names.latin(name.family))).lower()
    return Person(
        name=name,
        written=names.written(name, spelling),
        is_woman=is_woman,
        birth_date=None if chance.random() < 0.015 else born,
        passport="" if is_known < 0.08 else PLACEHOLDER_PASSPORT if is_known < 0.1 else number,
        email=f"{mailbox}{chance.randrange(100)}@guest.example" if is_grown and chance.random() < 0.9 else "",
        phone=f"{chance.randrange(10**7):07d}" if is_grown and chance.random() < 0.95 else "",
        phone_style=chance.randrange(6),
    )


def copied(person: Person, copying: Copying) -> Person:
    """The person as a second application has them, which nobody noticed to be theirs."""
    match copying:
        case Copying.CASE:
            return replace(person, written=person.written.map(str.upper), passport=person.passport.lower())
        case Copying.PHONE:
            return replace(person, phone_style=person.phone_style + 1)
        case Copying.PASSPORT_MISSING:
            return replace(person, passport="", phone_style=person.phone_style + 2)
        case Copying.BIRTH_DATE_MISSING:
            return replace(person, birth_date=None)
        case Copying.SWAPPED:
            return replace(person, written=person.written.swapped, passport="")
        case Copying.SPELLING:
            return replace(person, written=names.written(person.name, Spelling.VARIANT), passport="")
        case _:
            return person


def guest_phone(person: Person) -> str:
    """The phone number in one of the ways it is written. The operator's code 00 does not exist, so nobody has it."""
    if not person.phone:
        return ""
    digits = person.phone
    if person.phone_style % 6 >= 4:
        return british_phone(digits, person.phone_style)
    return (
        f"+38000{digits}",
        f"+380 00 {digits[:3]} {digits[3:5]} {digits[5:]}",
        f"38000{digits}",
        f"0 00 {digits[:3]} {digits[3:]}",
    )[person.phone_style % 6]


def british_phone(digits: str, style: int) -> str:
    """A mobile number of a British shape. Numbers that begin with 071 are given to nobody."""
    return (
        f"071{digits[:2]} {digits[2:]}0",
        f"+44 71{digits[:2]} {digits[2:]}0",
        f"+4471{digits}0",
        f"71{digits}0",
    )[style % 4]
