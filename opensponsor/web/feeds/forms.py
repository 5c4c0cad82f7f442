"""The form that brings a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opensponsor.feeds.states import Feed
from opensponsor.web.formkit import Radios


class BringFile(forms.Form):
    """What the file holds, and the file. Whether it is sound is found out after it is here."""

    feed = forms.ChoiceField(
        label=_("What does the file hold?"),
        widget=Radios(
            hints={
                Feed.APPLICATIONS: _("The daily file of the Home Office, as CSV or JSON Lines"),
                Feed.OFFERS: _("Offers of people who would like to host, as JSON Lines"),
            }
        ),
        choices=Feed.choices,
        error_messages={"required": _("Choose what the file holds")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("UTF-8, up to 512 MB. Nothing is changed before you have seen what the file would do."),
        max_length=200,
        error_messages={
            "required": _("Choose a file"),
            "empty": _("The file is empty"),
            "max_length": _("The name of the file is longer than 200 characters. Give it a shorter one"),
        },
    )
