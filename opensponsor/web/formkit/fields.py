"""Fields that Django does not have, with sentences a caseworker can act on."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opensponsor.web.formkit.widgets import DATE_PARTS, DateBoxes, PenceInput, Radios

# The beginnings of the English and the Welsh names; no beginning means two different months.
MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "ion chw maw ebr mai meh gor aws med hyd tac rha",
    )
    for number, name in enumerate(names.split(), 1)
}
AMOUNT = re.compile(r"(-?)([0-9]{1,7})(?:\.([0-9]{1,2}))?")


def month_number(text: str) -> int:
    """A month as a number; the name of a month or its beginning counts too. Raises ValueError."""
    return MONTHS.get(text[:3].lower()) or int(text)


class DateField(forms.Field):
    """A date in three boxes. Says which part is missing, and that a date is not a real one. Not before 1900."""

    widget = DateBoxes
    default_error_messages = {
        "invalid": _("Enter a real date"),
        "incomplete": _("Enter a %(part)s as well"),
        "year": _("Enter the year as 4 numbers"),
        "early": _("Enter a date in 1900 or later"),
    }

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        return self._from_text(value) if isinstance(value, str) else self._from_parts(value)

    def _from_text(self, value: str) -> datetime.date:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise self._wrong("invalid", "day", "month", "year") from None

    def _from_parts(self, typed: tuple[str, str, str]) -> datetime.date:
        missing = [(part, label) for (part, label, _width), text in zip(DATE_PARTS, typed, strict=True) if not text]
        if missing:
            raise self._wrong("incomplete", *(part for part, _label in missing), words=missing[0][1])
        if not (typed[2].isdecimal() and len(typed[2]) == 4):
            raise self._wrong("year", "year")
        try:
            when = datetime.date(int(typed[2]), month_number(typed[1]), int(typed[0]))
        except ValueError:
            raise self._wrong("invalid", "day", "month", "year") from None
        if when.year < 1900:
            raise self._wrong("early", "year")
        return when

    def _wrong(self, code: str, *parts: str, words: Any = "") -> ValidationError:
        return ValidationError(
            self.error_messages[code], code=code, params={"part": str(words).lower(), "wrong_parts": parts}
        )


class PenceField(forms.Field):
    """An amount of money typed in pounds, kept as whole pence.

    `1,250`, `£1250.00` and `1250.5` are understood, up to seven digits of pounds.
    """

    widget = PenceInput
    default_error_messages = {
        "invalid": _("Enter an amount in pounds, like 350 or 350.50"),
        "negative": _("Enter an amount of 0 or more"),
    }

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        text = str(value).replace("£", "").replace(",", "").replace(" ", "")
        amount = AMOUNT.fullmatch(text)
        if amount is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        minus, pounds, pence = amount.groups(default="")
        if minus:
            raise ValidationError(self.error_messages["negative"], code="negative")
        return int(pounds) * 100 + int(pence.ljust(2, "0"))


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not answered: True, False, None. Neither answer is chosen beforehand."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Radios(is_inline=True))
        choices = (("yes", _("Yes")), ("no", _("No")))
        super().__init__(choices=choices, coerce="yes".__eq__, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)
