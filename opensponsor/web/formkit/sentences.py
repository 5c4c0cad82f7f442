"""Plain sentences for the errors that a form did not word itself.

The best sentence is the form's own (`error_messages={"required": _("Enter the date they arrived")}`). Where it has
none, a sentence is made from the label, so that nobody ever reads "This field is required."
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opensponsor.web.formkit.fields import DateField

CHOOSES = (forms.ChoiceField, forms.ModelChoiceField)


def as_in_a_sentence(label: str) -> str:
    """The label inside a sentence: a small first letter, but "NHS number" stays."""
    return label if label[1:2].isupper() or label.startswith("I ") else label[:1].lower() + label[1:]


def missing(field: forms.Field, label: str) -> str:
    """What to say when a needed answer is missing."""
    if label.endswith("?"):
        return _("Answer the question “%(label)s”") % {"label": label}
    words = {"label": as_in_a_sentence(label)}
    if isinstance(field, CHOOSES):
        return _("Choose the %(label)s") % words
    if isinstance(field, forms.FileField):
        return _("Choose a file for the %(label)s") % words
    if isinstance(field, forms.BooleanField):
        return _("Tick the box “%(label)s”") % {"label": label}
    return _("Enter the %(label)s") % words


def complete(field: forms.Field, label: str) -> None:
    """Give this field of this form its sentences, where the form left Django's own.

    Called before the form is cleaned.
    """
    words = {"label": label}
    # Django fills these with numbers and parts of its own, so that a percent sign of the label is doubled.
    filled = {"label": label.replace("%", "%%")}
    _replace(field, forms.Field, "required", missing(field, label))
    _replace(field, forms.IntegerField, "invalid", _("%(label)s must be a whole number, like 4") % words)
    _replace(field, forms.DecimalField, "invalid", _("%(label)s must be a number, like 4.5") % words)
    _replace(field, forms.ChoiceField, "invalid_choice", _("Choose one of the answers for: %(label)s") % filled)
    _replace(field, DateField, "invalid", _("%(label)s must be a real date") % filled)
    _replace(
        field, DateField, "incomplete", (_("%(label)s must include a {part}") % filled).replace("{part}", "%(part)s")
    )
    _replace(field, DateField, "year", _("%(label)s: enter the year as 4 numbers") % filled)
    if isinstance(field, forms.EmailField):
        field.error_messages.setdefault("invalid", _("Enter an email address like name@example.com"))
    _limits(field, filled)


def _limits(field: forms.Field, words: dict[str, str]) -> None:
    """Lengths and amounts: Django keeps these sentences in its validators, keyed by the same codes."""
    sentences = {
        "max_length": _("%(label)s must be {limit} characters or fewer"),
        "min_length": _("%(label)s must be {limit} characters or more"),
        "max_value": _("%(label)s must be {limit} or less"),
        "min_value": _("%(label)s must be {limit} or more"),
    }
    for code, sentence in sentences.items():
        field.error_messages.setdefault(code, (sentence % words).replace("{limit}", "%(limit_value)s"))


def _replace(field: forms.Field, kind: type[forms.Field], code: str, sentence: Any) -> None:
    """Put the sentence in place of Django's own for this kind of field, never in place of the form's."""
    if isinstance(field, kind) and field.error_messages.get(code) == kind.default_error_messages.get(code):
        field.error_messages[code] = sentence
