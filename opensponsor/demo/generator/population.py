"""Who lives with whom and where: each household made from its number alone, so that none has to be remembered."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from opensponsor.demo.generator import families, names
from opensponsor.demo.generator.addresses import Address, Place, address, places
from opensponsor.demo.generator.chances import running, stream, weighted
from opensponsor.demo.generator.families import Copying, Person, copied
from opensponsor.demo.generator.names import Name
from opensponsor.demo.generator.sizes import Size

# Shares of households: applied again as somebody else did before; have the sponsor of the household before them; with
# one of them twice in the same submission.
_AGAIN = 0.04
_SAME_SPONSOR = 0.12
_TWICE = 0.02
# Hosts who only offered have numbers of their own.
_OFFERS_FROM = 10_000_000


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who sponsors or offers a home, with where they live; a phone is its last digits."""

    name: Name
    is_woman: bool
    birth_date: dt.date
    email: str
    phone: str
    home: Address
    place: Place


@dataclass(frozen=True, slots=True)
class Household:
    """People who apply together, and their sponsor; in Wales often the government, then `host` says only where."""

    number: int
    members: tuple[Person, ...]
    host: Host
    is_super_sponsored: bool


@dataclass(frozen=True)
class Population:
    """All invented people of a size and seed as they are on a day."""

    seed: int
    size: Size
    day: dt.date

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place with somebody in it."""
        found = places(self.day)
        return found if self.size.weights is None else {code: found[code] for code in self.size.weights}

    @cached_property
    def _choices(self) -> tuple[tuple[Place, ...], tuple[float, ...]]:
        if self.size.weights is not None:
            return tuple(self.places.values()), running(list(self.size.weights.values()))
        # Nobody's real figures: some places took in ten times as many as others.
        weights = [1 + 9 * stream(0, f"weight {code}").random() ** 3 for code in self.places]
        return tuple(self.places.values()), running(weights)

    def households(self) -> Iterator[Household]:
        """Every household in order."""
        return map(self.household, range(self.size.households))

    def household(self, number: int) -> Household:
        """The household of a number; numbers beyond the size are those who come later."""
        chance = stream(self.seed, "household", number)
        host = self.host(self._host_of(number))
        return Household(
            number,
            self._members(number),
            host,
            is_super_sponsored=host.place.in_wales and chance.random() < 0.5,
        )

    def host(self, number: int) -> Host:
        """The host of a number."""
        chance = stream(self.seed, "host", number)
        place = weighted(chance, *self._choices)
        name = names.host_name(chance)
        is_woman = chance.random() < 0.6
        mailbox = "".join(letter for letter in f"{name.given}.{name.family}".lower() if letter.isascii())
        return Host(
            name,
            is_woman,
            birth_date=self.day - dt.timedelta(days=chance.randint(24 * 365, 82 * 365)),
            email=f"{mailbox.replace(chr(39), '').replace(' ', '')}{chance.randrange(1000)}@host.example",
            phone=f"{chance.randrange(10**7):07d}",
            home=address(chance, place),
            place=place,
        )

    def offering_host(self, number: int) -> Host:
        """Who makes the offer of a number: one in four sponsors somebody already."""
        if number % 4 == 3:
            return self.host(self._host_of(number * 3 % self.size.households))
        return self.host(_OFFERS_FROM + number)

    def _host_of(self, number: int) -> int:
        while number > 0 and stream(self.seed, "shares", number).random() < _SAME_SPONSOR:
            number -= 1
        return number

    def _applies_again(self, number: int) -> bool:
        return number > 0 and stream(self.seed, "again", number).random() < _AGAIN

    def _members(self, number: int) -> tuple[Person, ...]:
        chance = stream(self.seed, "family", number)
        if not self._applies_again(number):
            members = families.family(chance, self.day)
            if chance.random() >= _TWICE:
                return members
            return (*members, copied(members[0], chance.choice(list(Copying))))
        first = number - 1 - chance.randrange(min(number, 40))
        while self._applies_again(first):
            first -= 1
        copying = chance.choice(list(Copying))
        members = families.family(stream(self.seed, "family", first), self.day)
        return tuple(copied(member, copying) for member in members)
