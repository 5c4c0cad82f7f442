"""Forms of the directory."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChampionSearch(forms.Form):
    """Organisations by a part of their name."""

    q = forms.CharField(label=_("Name of the organisation"), max_length=60, required=False)
