"""Comparing the names that files give to authorities.

An authority is known by its code; names are matched only where a file has nothing else, and only when one authority
alone fits.
"""

import re
import unicodedata

# Words that say what kind of council it is, in English and Welsh, and never which.
_KIND_WORDS = frozenset(
    {
        "council",
        "corporation",
        "city",
        "county",
        "borough",
        "boro",
        "district",
        "metropolitan",
        "royal",
        "ua",
        "unitary",
        "authority",
    }
    | {"cyngor", "sir", "sirol", "dinas", "bwrdeistref", "fwrdeistref"}
)
_JOINING_WORDS = frozenset({"of", "and", "the", "a"})


def fold(name: str) -> str:
    """Lower case, no accents, no punctuation, "&" as "and": "Ynys Môn" and "YNYS MON" are the same."""
    decomposed = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['\u2018\u2019.]", "", plain)).split())


def core(name: str) -> str:
    """The folded name without the words for the kind of council: "Bristol, City of" gives "bristol"."""
    folded = re.sub(r"^london (borough|boro)\b|\blondon (borough|boro)$", " ", fold(name))
    words = [word for word in folded.split() if word not in _KIND_WORDS]
    while words and words[0] in _JOINING_WORDS:
        words.pop(0)
    while words and words[-1] in _JOINING_WORDS:
        words.pop()
    return " ".join(words)


def keys(name: str) -> frozenset[str]:
    """What to look the name up by. Own names are kept under their core, other names under their folded form.

    So "Newcastle City Council", another name of Newcastle upon Tyne, is found, and "Newcastle" alone, which could be
    two places, is not.
    """
    return frozenset({fold(name), core(name)} - {""})
