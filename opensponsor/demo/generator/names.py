"""Names of people from Ukraine and of those who host them, and the ways in which one name is written."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from opensponsor.core.names import search_form
from opensponsor.demo.generator.chances import words

# The ends of family names that have another form for women.
_WOMENS_ENDS = (
    ("ський", "ська"), ("цький", "цька"), ("ий", "а"), ("ій", "я"),
    ("ов", "ова"), ("єв", "єва"), ("ін", "іна"),
)  # fmt: skip
_UNCHANGED = ("Палій", "Топчій", "Салій", "Бабій")
# What people write instead of the official transliteration, the whole names first.
_OTHER_SPELLINGS = (
    ("Oleksandr", "Alexander"), ("Oleksii", "Alexey"), ("Serhii", "Sergey"), ("Mykola", "Nikolay"),
    ("Volodymyr", "Vladimir"), ("Dmytro", "Dmitry"), ("Olena", "Elena"), ("Yuliia", "Julia"), ("Hanna", "Anna"),
    ("Kateryna", "Ekaterina"), ("Mykhailo", "Michael"), ("Pavlo", "Pavel"), ("Yevhen", "Eugene"),
    ("skyi", "sky"), ("tskyi", "tsky"), ("iia", "iya"), ("ii", "iy"), ("kh", "h"), ("shch", "sch"), ("zh", "j"),
    ("iu", "yu"), ("ie", "ye"), ("ia", "ya"), ("H", "G"), ("h", "g"), ("Ya", "Ia"), ("Yu", "Iu"), ("y", "i"),
    ("ko", "co"), ("V", "W"), ("k", "c"),
)  # fmt: skip


class Spelling(StrEnum):
    """How somebody's name is written on an application."""

    OFFICIAL = "official"
    VARIANT = "variant"
    CYRILLIC = "cyrillic"
    CAPITALS = "capitals"


@dataclass(frozen=True, slots=True)
class Name:
    """Given names and family name."""

    given: str
    family: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def swapped(self) -> "Name":
        """The family name where the given names belong."""
        return Name(self.family, self.given)

    def map(self, change: Callable[[str], str]) -> "Name":
        """Both parts changed alike."""
        return Name(change(self.given), change(self.family))


def given_name(chance: random.Random, *, is_woman: bool) -> str:
    """A given name from Ukraine, in Cyrillic."""
    return words("women.txt" if is_woman else "men.txt").draw(chance)


def family_name(chance: random.Random) -> str:
    """A family name from Ukraine, in Cyrillic, as men bear it."""
    return words("families.txt").draw(chance)


@cache
def womens_form(family: str) -> str:
    """The family name as women bear it."""
    for end, womens in _WOMENS_ENDS:
        if family.endswith(end) and family not in _UNCHANGED:
            return family.removesuffix(end) + womens
    return family


@cache
def latin(name: str) -> str:
    """The name in the letters of a passport: the official transliteration."""
    parts = re.split(r"([ -])", name)
    return "".join(part if part in {" ", "-"} else search_form(part).capitalize() for part in parts)


@cache
def other_spelling(name: str) -> str:
    """A name in Latin letters as somebody may write it who does not look at the passport."""
    for official, written in _OTHER_SPELLINGS:
        if official in name:
            return name.replace(official, written, 1)
    return name + "a" if name.endswith("n") else name.replace("o", "a", 1)


def written(name: Name, spelling: Spelling) -> Name:
    """The name, which is in Cyrillic, in one of the ways that applications have it."""
    if spelling == Spelling.CYRILLIC:
        return name
    in_latin = name.map(latin)
    if spelling == Spelling.VARIANT:
        return in_latin.map(other_spelling)
    return in_latin.map(str.upper) if spelling == Spelling.CAPITALS else in_latin


def host_name(chance: random.Random) -> Name:
    """The name of somebody who hosts; one of ten came from Ukraine earlier."""
    if chance.random() < 0.1:
        is_woman = chance.random() < 0.7
        family = family_name(chance)
        name = Name(given_name(chance, is_woman=is_woman), womens_form(family) if is_woman else family)
        return name.map(latin)
    return Name(words("hosts_given.txt").draw(chance), words("hosts_family.txt").draw(chance))
