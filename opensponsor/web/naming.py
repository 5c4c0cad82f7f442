"""Who somebody is that is added: the page that households and sponsors ask alike."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.core import clock
from opensponsor.web.formkit import DateField
from opensponsor.web.steps import StepForm


class NameForm(StepForm):
    """Names and the date of birth."""

    given_names = forms.CharField(label=gettext_lazy("Given names"), max_length=200, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=200, required=False)
    birth_date = DateField(label=gettext_lazy("Date of birth"), required=False)

    def clean(self) -> dict[str, Any]:
        """Many people have one name only; nobody has none, and nobody is born tomorrow."""
        given = super().clean() or {}
        if not (given.get("given_names") or given.get("family_name")):
            self.add_error("given_names", _("Enter a given name or a family name"))
        if given.get("birth_date") and given["birth_date"] > clock.today():
            self.add_error("birth_date", _("The date of birth must be in the past"))
        return given
