"""Taking values out of a row: each is converted or refused, and every refusal is kept."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from opensponsor.feeds.codes import Reason
from opensponsor.reference.rules.postcodes import normalise

FIRST_BIRTH = dt.date(1900, 1, 1)
_YES = frozenset({"yes", "true", "y", "1"})
_NO = frozenset({"no", "false", "n", "0"})
_EMAIL = re.compile(r"[^@\s]+@(?:[^@\s.]+\.)+[^@\s.]+")
_LONGEST_EMAIL = 254
_SEPARATORS = re.compile(r"[\s,;]+")
# A postcode takes two words at most, and up to three may follow it, such as "Great Britain" or "United Kingdom, UK".
_WORDS_AT_END = 5


class Problem(NamedTuple):
    """A field that cannot be taken: a code of `Reason` and what stood there."""

    field: str
    reason: str
    value: str = ""


class Fields:
    """The fields of one row. Each method names the columns that may hold the value; the first that is filled counts."""

    def __init__(self, values: Mapping[str, Any], *, not_given: frozenset[str] = frozenset()) -> None:
        self.values = values
        self.problems: list[Problem] = []
        self._not_given = not_given

    def refuse(self, field: str, reason: Reason, value: str = "") -> None:
        """Keep a problem; the row is then not taken."""
        self.problems.append(Problem(field, reason.value, value))

    def first(self, *names: str) -> tuple[str, str]:
        """The first of the columns that is filled, and its text without the spaces around it."""
        for name in names:
            value = self.values.get(name)
            if value is None:
                continue
            text = value.strip() if isinstance(value, str) else self._text(name, value)
            if text and text not in self._not_given:
                return name, text
        return names[0], ""

    def _text(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        self.refuse(name, Reason.NOT_TEXT, str(value)[:100])
        return ""

    def text(self, *names: str, longest: int) -> str:
        """A text that fits a column of so many characters."""
        name, text = self.first(*names)
        if len(text) > longest:
            self.refuse(name, Reason.TOO_LONG, text)
            return ""
        return text

    def item(self, name: str, *, longest: int) -> str:
        """The first of several values: of a list, or of a text that separates them by semicolons."""
        value = self.values.get(name)
        values = value if isinstance(value, list) else str(value or "").split(";")
        text = next((str(one).strip() for one in values if isinstance(one, str | int) and str(one).strip()), "")
        if len(text) > longest:
            self.refuse(name, Reason.TOO_LONG, text)
            return ""
        return text

    def date(self, *names: str) -> dt.date | None:
        """A day in ISO 8601."""
        name, text = self.first(*names)
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            self.refuse(name, Reason.INVALID_DATE, text)
            return None

    def birth_date(self, *names: str, today: dt.date) -> dt.date | None:
        """A day on which somebody who is alive can have been born."""
        name = self.first(*names)[0]
        born = self.date(*names)
        if born is None:
            return None
        if born > today:
            self.refuse(name, Reason.BORN_IN_FUTURE, born.isoformat())
        elif born < FIRST_BIRTH:
            self.refuse(name, Reason.BORN_TOO_EARLY, born.isoformat())
        return born

    def moment(self, *names: str) -> dt.datetime | None:
        """A date and time in ISO 8601; without an offset it is in UTC."""
        name, text = self.first(*names)
        if not text:
            return None
        try:
            moment = dt.datetime.fromisoformat(text)
            return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            self.refuse(name, Reason.INVALID_MOMENT, text)
            return None

    def past_moment(self, name: str, *, today: dt.date) -> dt.datetime | None:
        """A date and time that may decide which row is the newest: a clock may be hours ahead, never a day."""
        moment = self.moment(name)
        if moment and moment.date() > today + dt.timedelta(days=1):
            self.refuse(name, Reason.IN_FUTURE, moment.isoformat())
        return moment

    def yes_no(self, *names: str) -> bool | None:
        """Yes or no, true or false."""
        name, text = self.first(*names)
        folded = text.casefold()
        if folded in _YES:
            return True
        if folded and folded not in _NO:
            self.refuse(name, Reason.INVALID_YES_NO, text)
        return False if folded else None

    def number(self, name: str, *, most: int) -> int | None:
        """A whole number from nought, which may come as text."""
        text = self.first(name)[1]
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and int(text) <= most:
            return int(text)
        self.refuse(name, Reason.INVALID_NUMBER, text)
        return None

    def email(self, *names: str) -> str:
        """An email address."""
        name, text = self.first(*names)
        if not text:
            return ""
        if len(text) > _LONGEST_EMAIL:
            self.refuse(name, Reason.TOO_LONG, text)
        elif not _EMAIL.fullmatch(text):
            self.refuse(name, Reason.INVALID_EMAIL, text)
        return text

    def choice(self, name: str, values: Mapping[str, str]) -> str:
        """The code of ours that stands for what the file says, whatever its case; empty if nothing stands there."""
        text = self.first(name)[1]
        code = values.get(" ".join(text.casefold().split())) if text else ""
        if code is None:
            self.refuse(name, Reason.INVALID_CHOICE, text)
        return code or ""


def postcode_at_end(text: str) -> str:
    """The postcode that an address ends with, in its stored form; words such as the country may follow. Else empty."""
    words = _SEPARATORS.split(text.strip(" \t\r\n,;."))[-_WORDS_AT_END:]
    for end in range(len(words), 0, -1):
        for start in (end - 2, end - 1):
            found = normalise("".join(words[start:end])) if start >= 0 else None
            if found:
                return found
    return ""


def split_name(full: str) -> tuple[str, str]:
    """Given names and family name, parted at the last space: "Anna Maria Koval" gives "Anna Maria" and "Koval"."""
    *given, family = full.strip().rsplit(maxsplit=1) or [""]
    return "".join(given), family
