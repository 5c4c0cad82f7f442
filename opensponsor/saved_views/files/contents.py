"""What stands in an exported file: headings, rows, and the cover that says what it is."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from opensponsor.core.hiding import HIDDEN
from opensponsor.saved_views.columns import Column, Shape

MARKING = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Cover:
    """Who took the list out, when, why, and what is in it."""

    title: str
    person: str
    organisation: str
    at: dt.datetime
    reason: str
    filters: tuple[tuple[str, str], ...]
    row_count: int

    def lines(self) -> list[tuple[str, Any]]:
        """The cover as label and value."""
        return [
            (_("Marking"), MARKING),
            (_("List"), self.title),
            (_("Taken by"), self.person),
            (_("Organisation"), self.organisation),
            (_("Taken at"), timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M")),
            (_("Taken for"), self.reason),
            *((_("Filter: %(label)s") % {"label": label}, words) for label, words in self.filters),
            (_("Rows"), self.row_count),
        ]


def headings(columns: Sequence[Column]) -> list[str]:
    """The first row."""
    return [str(column.label) for column in columns]


def lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The other rows: texts, numbers and dates; labels in place of codes; nothing where nothing is recorded."""
    values_of = attrgetter(*(column.key for column in columns))
    is_one = len(columns) == 1
    words = [_words(column).get for column in columns]
    for row in rows:
        values = (values_of(row),) if is_one else values_of(row)
        yield [say(value, value) for say, value in zip(words, values, strict=True)]


def _words(column: Column) -> dict[Any, str]:
    """What stands in the place of which values of a column; every other stands there itself."""
    words: dict[Any, str] = {None: "", HIDDEN: ""}
    if column.shape is Shape.YES_NO:
        words |= {True: _("Yes"), False: _("No")}
    if column.choices:
        words |= {str(code): str(label) for code, label in column.choices.choices}
    return words
