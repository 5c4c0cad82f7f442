"""United Kingdom postcodes: one stored form, one shown form."""

import re

# The published shapes; "GIR 0AA" is the one exception. The last two letters are never C, I, K, M, O or V.
_SHAPE = re.compile(
    r"(GIR0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRV-Y])"
    r"[0-9][ABD-HJLNP-UW-Z]{2})"
)
_NOISE = re.compile(r"[\s.\-]+")


def normalise(text: str) -> str | None:
    """The stored form, upper case without space ("sa1 1aa" gives "SA11AA"); None when it is no postcode."""
    compact = _NOISE.sub("", text).upper()
    return compact if compact.isascii() and _SHAPE.fullmatch(compact) else None


def is_valid(text: str) -> bool:
    """Whether the text has the shape of a postcode. It may still be one that does not exist."""
    return normalise(text) is not None


def display(postcode: str) -> str:
    """The shown form of a stored postcode: "SA11AA" gives "SA1 1AA"."""
    return f"{postcode[:-3]} {postcode[-3:]}"
