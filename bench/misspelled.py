"""Names as people type them who heard or read them. Knows nothing of how the product compares names.

Each kind of writing has its share, in hundredths, of what is looked for.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from opensponsor.demo.generator import names
from opensponsor.demo.generator.chances import words

_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
# How those romanise who do not look at the passport; what each letter becomes, in the order of the alphabet.
_HABITS = {
    "British": "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch - yu ya",
    "Russian": "a b v g g d e ie zh z i i i i k l m n o p r s t u f kh ts ch sh shch - iu ia",
    "hasty": "a b v g g d e e zh z i i i y k l m n o p r s t u f h c ch sh sch - u a",
    "Polish": "a b w h g d e je z z y i ji j k l m n o p r s t u f ch c cz sz szcz - ju ja",
}
_LETTERS = {
    habit: dict(zip(_ALPHABET, ("" if one == "-" else one for one in letters.split()), strict=True))
    for habit, letters in _HABITS.items()
}
_SHARES = {"British": 30, "Russian": 35, "hasty": 25, "Polish": 10}
# The form that others know of a given name.
_GIVEN = """
Олена-Elena Олександр-Aleksandr Олександра-Alexandra Олексій-Alexey Ольга-Olga Сергій-Sergey Андрій-Andrey
Дмитро-Dmitry Микола-Nikolai Михайло-Mikhail Володимир-Vladimir Євген-Evgeny Євгенія-Evgenia Тетяна-Tatiana
Світлана-Svetlana Людмила-Ludmila Катерина-Ekaterina Вікторія-Victoria Юлія-Julia Павло-Pavel Петро-Pyotr
Василь-Vasily Юрій-Yuri Галина-Galina Ірина-Irina Ігор-Igor Наталія-Natalya Марія-Maria Ксенія-Xenia Яна-Iana
Олег-Oleg Анастасія-Anastasia Дарія-Daria Софія-Sofia Валерій-Valery Анатолій-Anatoly Григорій-Grigory
"""
_KNOWN_AS = dict(pair.split("-") for pair in _GIVEN.split())
# What lies beside a letter on the keyboard.
_KEYS = """
q-wa w-qes e-wrd r-etf t-ryg y-tuh u-yij i-uok o-ipl p-ol a-qsz s-adw d-sfe f-dgr g-fht h-gjy j-hku k-jli l-kop
z-xas x-zcd c-xvf v-cbg b-vnh n-bmj m-nk
"""
_BESIDE = dict(pair.split("-") for pair in _KEYS.split())


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on record: given and family names as they are written there, and as the person says them."""

    given: str
    family: str
    said_given: str
    said_family: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of writing a name. What it gives is meant for everybody `of` whom this is the same."""

    name: str
    share: int
    write: Callable[[random.Random, Known], str]
    of: Callable[[Known], object]


def known(given: str, family: str) -> Known:
    """Somebody on record, whose names as they are said come from the lists of the demo, if they have them."""
    said = _said()
    return Known(given, family, said.get(given.casefold(), given), said.get(family.casefold(), family))


def drawn(chance: random.Random, person: Known) -> tuple[Kind, str]:
    """How somebody looks for the person: a kind by the shares, and the words."""
    kind = chance.choices(KINDS, [one.share for one in KINDS])[0]
    return kind, kind.write(chance, person)


@cache
def _said() -> dict[str, str]:
    """The Ukrainian name behind each spelling that the demo knows; the official one of a name counts before others."""
    men, women, families = (words(f"{name}.txt") for name in ("men", "women", "families"))
    every = [*men, *women, *families, *map(names.womens_form, families)]
    return (
        {names.other_spelling(names.latin(name)).casefold(): name for name in every}
        | {names.latin(name).casefold(): name for name in every}
        | {name.casefold(): name for name in every}
    )


def _respelled(chance: random.Random, said: str, habit: str = "") -> str:
    letters = _LETTERS[habit or chance.choices(list(_SHARES), list(_SHARES.values()))[0]]
    latin = "".join(letters.get(letter, letter) for letter in said.casefold() if letter not in "'’")
    return latin.replace("yy", "y").replace("iy", "y").capitalize()


def _mistyped(chance: random.Random, word: str) -> str:
    """One letter is left out, doubled, exchanged for one beside it on the keyboard, or swapped with the next."""
    place = chance.randrange(len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    other = chance.choice(_BESIDE.get(letter.casefold(), "e"))
    return chance.choice((before + after, before + letter + letter + after, before + other + after,
                          before + other + letter + after, before + after[0] + letter + after[1:]))  # fmt: skip


def _in_any_order(chance: random.Random, *words: str) -> str:
    return " ".join(chance.sample(words, len(words)))


def _as_written(chance: random.Random, person: Known) -> str:
    return _in_any_order(chance, person.given, person.family)


def _decorated(chance: random.Random, person: Known) -> str:
    """In capitals, with apostrophes or spaces that are not there, or with the stress of a dictionary."""
    whole = _in_any_order(chance, person.family, person.given)
    return chance.choice((whole.upper(), f"  {whole.lower()} ", whole.replace("ia", "'ia"), whole.replace("a", "á")))


def _in_ukrainian(chance: random.Random, person: Known) -> str:
    return _in_any_order(chance, person.said_given, person.said_family)


def _romanised(chance: random.Random, person: Known) -> str:
    habit = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    both = (_respelled(chance, said, habit) for said in (person.said_given, person.said_family))
    return _in_any_order(chance, *both)


def _as_known(chance: random.Random, person: Known) -> str:
    given = _KNOWN_AS.get(person.said_given, person.given)
    return f"{given} {_respelled(chance, person.said_family)}"


def _with_an_error(chance: random.Random, person: Known) -> str:
    words = [person.given, person.family]
    place = chance.randrange(2)
    words[place] = _mistyped(chance, words[place])
    return " ".join(words)


KINDS = (
    Kind("as it is written, in any order", 12, _as_written, lambda one: (one.said_given, one.said_family)),
    Kind("capitals, accents, apostrophes", 8, _decorated, lambda one: (one.said_given, one.said_family)),
    Kind("in Ukrainian letters", 15, _in_ukrainian, lambda one: (one.said_given, one.said_family)),
    Kind("another romanisation", 25, _romanised, lambda one: (one.said_given, one.said_family)),
    Kind("given name as it is known abroad", 5, _as_known, lambda one: (one.said_given, one.said_family)),
    Kind("one typing error", 10, _with_an_error, lambda one: (one.said_given, one.said_family)),
    Kind("family name alone, respelled", 8, lambda c, one: _respelled(c, one.said_family), lambda one: one.said_family),
    Kind("family name alone, mistyped", 5, lambda c, one: _mistyped(c, one.family), lambda one: one.family.casefold()),
    Kind("given name alone", 4, lambda _, one: one.given, lambda one: one.said_given),
    Kind(
        "first letters of both",
        8,
        lambda _, one: f"{one.family[:4]} {one.given[:2]}",
        lambda one: (one.family[:4].casefold(), one.given[:2].casefold()),
    ),
)
