"""Names and families of nobody: a fixed list, so that the demo is the same at every start."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

FAMILY_NAMES = (
    ("Kovalenko", "Kovalenko"),
    ("Shevchuk", "Shevchuk"),
    ("Bondarenko", "Bondarenko"),
    ("Tkachenko", "Tkachenko"),
    ("Melnyk", "Melnyk"),
    ("Savchenko", "Savchenko"),
    ("Lysenko", "Lysenko"),
    ("Petrenko", "Petrenko"),
    ("Moroz", "Moroz"),
    ("Hrytsenko", "Hrytsenko"),
    ("Zinchuk", "Zinchuk"),
    ("Koval", "Koval"),
    ("Romanovskyi", "Romanovska"),
    ("Vasylenko", "Vasylenko"),
    ("Vynnyk", "Vynnyk"),
    ("Yatsenko", "Yatsenko"),
)
WOMEN = ("Olena", "Iryna", "Nataliia", "Kateryna", "Oksana", "Yuliia", "Sofiia", "Mariia", "Anastasiia", "Halyna")
MEN = ("Andrii", "Oleksandr", "Dmytro", "Serhii", "Taras", "Mykola", "Bohdan", "Yaroslav", "Maksym", "Ivan")
HOSTS = (
    "Rhiannon Price",
    "Gareth Lloyd",
    "Megan Hughes",
    "Ifan Roberts",
    "Catrin Bowen",
    "Susan Whitfield",
    "Peter Langley",
    "Joanna Marsh",
    "Amit Sharma",
    "Helen Ashdown",
    "Tom Barraclough",
    "Grace Adeyemi",
)
COMPANIES = ("Harbour Care Homes Ltd", "Brightwater Software Ltd", "Severn Vale Farms Ltd", "Northgate College")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who comes. `age` is in whole years on the day the demo is loaded."""

    given_names: str
    family_name: str
    age: int


def families(count: int) -> Iterator[list[DemoPerson]]:
    """So many households of one to five people, an adult first. The same ones every time."""
    chance = random.Random(20220318)  # noqa: S311 - the same people at every start, no secret
    for number in range(count):
        man, woman = FAMILY_NAMES[number % len(FAMILY_NAMES)]
        members = [DemoPerson(chance.choice(WOMEN), woman, chance.randint(24, 68))]
        if chance.random() < 0.45:
            members.append(DemoPerson(chance.choice(MEN), man, chance.randint(24, 70)))
        for _child in range(chance.choice((0, 0, 1, 1, 2, 3))):
            girl = chance.random() < 0.5
            members.append(
                DemoPerson(chance.choice(WOMEN if girl else MEN), woman if girl else man, chance.randint(1, 17))
            )
        yield members
