"""Whole files that are refused."""

from typing import Any

from opensponsor.feeds.codes import PLACES, Refusal


class FileRefused(Exception):
    """Nothing of the file can be loaded. `code` is one of `Refusal`; `details` may name a line or a column."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = str(code)
        self.details = details

    def __str__(self) -> str:
        return sentence(self.code, **self.details)


def sentence(code: str, **details: Any) -> str:
    """Why the file is refused, in the language of whoever reads now, and at which line or column if that is known."""
    place = [str(words) % details for name, words in PLACES.items() if details.get(name)]
    text = str(Refusal(code).label)
    return f"{text} ({', '.join(place)})" if place else text
