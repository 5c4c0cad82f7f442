"""Widgets that Django does not have.

Three boxes for a date, pounds for pence, choices with hints and revealed fields.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DATE_PARTS = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))


class DateBoxes(forms.Widget):
    """A date typed as day, month and year: posts `<name>_day`, `<name>_month`, `<name>_year`.

    One ISO value under the plain name is understood too, so that a saved draft or a link may carry it.
    """

    template_name = "gds/widgets/date.html"
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        parts = tuple(str(data.get(f"{name}_{part}", "")).strip() for part, _label, _width in DATE_PARTS)
        return parts if any(parts) else data.get(name) or None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and all(f"{name}_{part}" not in data for part, _label, _width in DATE_PARTS)

    def format_value(self, value: Any) -> Any:
        """The three texts to show, for a date, an ISO text, or what was typed before."""
        if isinstance(value, str):
            try:
                value = datetime.date.fromisoformat(value)
            except ValueError:
                return (value, "", "")
        if isinstance(value, datetime.date):
            return (str(value.day), str(value.month), str(value.year))
        return tuple(value) if value else ("", "", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        merged = context["widget"]["attrs"]
        wrong = merged.pop("wrong_parts", ())
        context["widget"]["boxes"] = [
            {
                "id": f"{merged.get('id', name)}_{part}",
                "name": f"{name}_{part}",
                "label": label,
                "value": text,
                "classes": f"govuk-input--width-{width}" + (" govuk-input--error" if part in wrong else ""),
                "is_disabled": merged.get("disabled", False),
            }
            for (part, label, width), text in zip(DATE_PARTS, self.format_value(value), strict=False)
        ]
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else ""


class PenceInput(forms.TextInput):
    """Whole pence in Python, pounds on the screen."""

    prefix = "£"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "class": "govuk-input--width-10", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            return f"{value // 100}.{value % 100:02d}" if value >= 0 else f"-{-value // 100}.{-value % 100:02d}"
        shown: str | None = super().format_value(value)
        return shown


class _Explained:
    """Choices that may each have a hint, and may each reveal one other field of the same form when chosen.

    `hints` and `reveals` map the stored value of a choice to a sentence and to the name of a field. A revealed field is
    shown inside the choice; without JavaScript it is always visible. The form itself decides when that field is needed.
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[Any, Any] | None = None,
        reveals: Mapping[Any, str] | None = None,
        is_inline: bool = False,
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.hints = {str(key): hint for key, hint in (hints or {}).items()}
        self.reveals = {str(key): name for key, name in (reveals or {}).items()}
        self.is_inline = is_inline


class Radios(_Explained, forms.RadioSelect):
    """One of a few choices."""


class Checkboxes(_Explained, forms.CheckboxSelectMultiple):
    """Any of a few choices."""
