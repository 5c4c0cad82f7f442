"""How many invented people there are, and where they live."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensponsor.demo.accounts import CARDIFF, DOVER, GWYNEDD, LEEDS

# Where people live in a small demo, in hundredths: the councils with somebody who signs in, and a few others.
_DEMO_COUNCILS = {
    CARDIFF: 26,
    GWYNEDD: 11,
    DOVER: 14,
    LEEDS: 17,
    "E07000105": 6,  # Ashford
    "E07000106": 7,  # Canterbury
    "E06000023": 4,  # Bristol
    "E06000066": 3,  # Somerset
    "W06000022": 5,  # Newport
    "W06000011": 4,  # Swansea
    "W06000006": 3,  # Wrexham
}


@dataclass(frozen=True, slots=True)
class Size:
    """Households of about 2.8 people and offers of homes. Without weights people live all over the country."""

    households: int
    offers: int
    weights: Mapping[str, float] | None = None


SIZES = {
    "S": Size(households=720, offers=200, weights=_DEMO_COUNCILS),
    "M": Size(households=7_100, offers=2_000),
    "L": Size(households=75_000, offers=20_500),
}


def of_households(count: int) -> Size:
    """A size of the demo's councils with so many households, for tests and trials."""
    return Size(count, count // 4, _DEMO_COUNCILS)
