"""What makes rows of a feed one sponsor or one address: the same words, however they are written."""

import re

from opensponsor.core.names import search_form

_LONGEST = 480
# What parts words: all that is neither a letter nor a digit.
_BETWEEN = re.compile(r"[\W_]+")


def sponsor_key(given_names: str, family_name: str, home_postcode: str) -> str:
    """Equal for one name and home postcode (FEED-008, SPO-039); empty for somebody without a name."""
    name = search_form(given_names, family_name)
    return f"{name[:_LONGEST]}|{home_postcode}" if name else ""


def address_key(address: str, postcode: str) -> str:
    """Equal for one address, with or without its postcode at the end; empty where there is neither."""
    text, code = _BETWEEN.sub(" ", address.casefold()).strip(), postcode.casefold()
    for ending in (code, f"{code[:-3]} {code[-3:]}"):
        if code and text.endswith(ending):
            text = text[: -len(ending)].strip()
    return f"{text[:_LONGEST]}|{postcode}" if text or postcode else ""
