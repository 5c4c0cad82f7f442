"""How much of a password somebody could not have guessed.

A length of fifteen keeps out nearly every leaked password as it stands; what remains are lengthened ones: a common
word twice, a keyboard walk, the season and the year, the person's own name. Such pieces are taken out, and what is
left must be long enough. There are no rules about kinds of characters (OWASP ASVS 5.0, 6.2.5): a passphrase of
several uncommon words is what we hope for.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable

# What must remain after predictable pieces, each of which still counts for two characters.
ENOUGH = 10
_PIECE_WORTH = 2
_SHORTEST_PIECE, _LONGEST_PIECE = 3, 48
# Enough to judge by; one character may become eighteen when it is put into plain form.
_LOOKED_AT = 256
_WALKS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    '!"£$%^&*()',
    "!@#$%^&*()",
)
_ALL_WALKS = tuple(walk[::step] for walk in _WALKS for step in (1, -1))
_LOOKALIKES = str.maketrans("@4301!57$", "aaeoiists")
_SEPARATORS = re.compile(r"[\s\-_.,'’/+]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RUN = re.compile(r"(.)\1{2,}")


def plain(text: str) -> str:
    """The text as it is compared: one case, one form of each letter, no separators."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())


def unguessable(password: str, *, common: Collection[str], personal: Iterable[str] = ()) -> int:
    """The number of characters that are neither common nor about the person. `common` holds plain texts, `personal`
    words of any form.

    Letters replaced by look-alikes ("p@ssw0rd") are read as the letters, and of a text that is repeated only the
    first counts.
    """
    known = {word for word in map(plain, personal) if len(word) >= _SHORTEST_PIECE}
    return _worth(_unit(plain(password)[:_LOOKED_AT]), known.union(common))


def _unit(text: str) -> str:
    """The shortest beginning that gives the whole text when repeated; the last time may be cut short."""
    for length in range(1, len(text) // 2 + 1):
        if (text[:length] * (len(text) // length + 1)).startswith(text):
            return text[:length]
    return text


def _worth(text: str, known: Collection[str]) -> int:
    """Two for each different piece, one for each character between them."""
    pieces, left, start = set(), 0, 0
    while start < len(text):
        piece = _piece_at(text, start, known)
        if piece:
            pieces.add(piece)
        else:
            left += 1
        start += len(piece) or 1
    return left + _PIECE_WORTH * len(pieces)


def _piece_at(text: str, start: int, known: Collection[str]) -> str:
    """The longest predictable piece that begins here, or nothing."""
    for pattern in (_RUN, _YEAR):
        found = pattern.match(text, start)
        if found:
            return found.group()
    for end in range(min(len(text), start + _LONGEST_PIECE), start + _SHORTEST_PIECE - 1, -1):
        piece = text[start:end]
        if piece in known or piece.translate(_LOOKALIKES) in known or any(piece in walk for walk in _ALL_WALKS):
            return piece
    return ""
