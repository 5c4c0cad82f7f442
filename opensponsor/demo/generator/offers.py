"""Expressions of interest as the public form sends them, oddities included."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from typing import Any

from opensponsor.demo.generator.addresses import Address, address
from opensponsor.demo.generator.chances import stream
from opensponsor.demo.generator.families import british_phone
from opensponsor.demo.generator.journeys import moment
from opensponsor.demo.generator.population import Host, Population

# What the form writes for the offered home when it is one's own.
_OWN_HOME = "same as main residence"
_FAMILY_TYPES = ("single_adult", "more_than_one_adult", "adults_with_children", "no_preference", "no_preference")
_STEP_FREE = ("all", "some", "none", "none", "unknown")


def offers(population: Population) -> Iterator[dict[str, Any]]:
    """The offers of the population, one record each."""
    for number in range(population.size.offers):
        yield _offer(population, number)


def _offer(population: Population, number: int) -> dict[str, Any]:
    chance = stream(population.seed, "offer", number)
    host = population.offering_host(number)
    # Offers are older than applications, or come in while those do.
    created = moment(chance, population.day - dt.timedelta(days=int(chance.random() ** 2 * 900) + 1))
    started = created - dt.timedelta(minutes=chance.randint(5, 90))
    return (
        {
            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "reference": _reference(population.seed, number, chance),
            "created_at": created.isoformat().replace("+00:00", "Z"),
            "started_at": started.isoformat().replace("+00:00", "Z"),
            "type": "eoi-v2",
            "version": 4,
            "fullname": host.name.full,
            "email": host.email,
            "phone_number": british_phone(host.phone, chance.randrange(4)),
        }
        | _homes(chance, host)
        | _answers(chance, population.day)
        | {"ip_address": f"192.0.2.{chance.randrange(256)}", "user_agent": "Mozilla/5.0 (invented)"}
    )


def _reference(seed: int, number: int, chance: random.Random) -> str:
    # Multiplying by an odd number gives every offer another one of the 28 bits.
    bits = f"{(number * 40_503_881 + seed * 7_919) % 2**28:07X}"
    return f"EOI-{bits[:4]}-4{bits[4:]}-{chance.choice('89AB')}"


def _homes(chance: random.Random, host: Host) -> dict[str, str]:
    home = host.home
    record = _lines("residential", home, chance, always_two=True)
    if chance.random() < 0.7:
        return record | {
            "different_address": "no",
            "property_one_line_1": _OWN_HOME,
            "property_one_town": _OWN_HOME,
            "property_one_postcode": home.postcode,
            "more_properties": "no",
        }
    offered = _lines("property_one", address(chance, host.place), chance, always_two=False)
    record |= {"different_address": "yes", "more_properties": "no"} | offered
    if chance.random() < 0.1:
        record |= {"more_properties": "yes", "more_properties_statement": "A second flat may become free in spring."}
    return record


def _lines(prefix: str, home: Address, chance: random.Random, *, always_two: bool) -> dict[str, str]:
    # Keys without a value are dropped by the sender, required or not.
    second = {f"{prefix}_line_2": ""} if always_two and chance.random() < 0.5 else {}
    return {
        f"{prefix}_line_1": home.street,
        **second,
        f"{prefix}_town": home.town,
        f"{prefix}_postcode": home.postcode if chance.random() < 0.85 else home.postcode.lower().replace(" ", ""),
    }


def _answers(chance: random.Random, day: dt.date) -> dict[str, Any]:
    """The answers of the form: numbers as text, the date in parts, two that always say the same."""
    record: dict[str, Any] = {
        "number_adults": str(chance.randint(1, 4)),
        "number_children": str(max(0, chance.randint(-2, 3))),
        "family_type": chance.choice(_FAMILY_TYPES),
        "accommodation_length": "from_6_months",
        "host_as_soon_as_possible": "true",
        "single_room_count": str(chance.randint(0, 2)),
        "double_room_count": str(chance.randint(0, 2)),
        "step_free": chance.choice(_STEP_FREE),
        "allow_pet": chance.choice(("yes", "no")),
        "user_research": chance.choice(("yes", "no")),
        "agree_privacy_statement": "true",
        "postcode": "not asked",
    }
    if chance.random() < 0.3:
        starts = day + dt.timedelta(days=chance.randint(-200, 90))
        record["host_as_soon_as_possible"] = "false"
        record["hosting_start_date"] = {"1": starts.year, "2": starts.month, "3": starts.day}
    return record
