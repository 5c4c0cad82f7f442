"""Forms about people and their access."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensponsor.identity.policies import Confirmation
from opensponsor.identity.roles import DEFINITIONS, Role
from opensponsor.web.formkit import Checkboxes, DateField, Radios


class Version(forms.Form):
    """A button about one version of a record: somebody who saw another is told."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NameSearch(forms.Form):
    """A part of a name. Sent by post: names do not stand in addresses."""

    name = forms.CharField(label=_("Name or email address"), max_length=120, required=False)


class AddressSearch(forms.Form):
    """Whether an address has an account (ORG-020). Sent by post."""

    email = forms.EmailField(
        label=_("Work email address"), error_messages={"required": _("Enter the work email address")}
    )


class GiveRole(forms.Form):
    """A further role, with what each lets its holder see."""

    role = forms.ChoiceField(label=_("Role to give"), error_messages={"required": _("Choose the role")})

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        field.widget = Radios(hints={role: DEFINITIONS[role].sentence for role in roles})
        field.choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class Confirmed(forms.Form):
    """What is confirmed before an account is made: three boxes and a day (ORG-018, ORG-021)."""

    work_account_checked = forms.BooleanField(
        label=_("I have checked that this work account exists"),
        error_messages={"required": _("Check that the work account exists. If it does not, their own IT comes first")},
    )
    knows_where_to_get_help = forms.BooleanField(
        label=_("They know how to use the platform and where to get help"),
        error_messages={"required": _("Confirm that they know how to use the platform and where to get help")},
    )
    was_trained = forms.BooleanField(
        label=_("They have been trained, in the test system"),
        error_messages={"required": _("Confirm that they have been trained")},
    )
    training_confirmed_on = DateField(
        label=_("Day of the training"), error_messages={"required": _("Enter the day of the training")}
    )

    def confirmation(self) -> Confirmation:
        """What was confirmed, for the service."""
        return Confirmation(
            self.cleaned_data["work_account_checked"],
            self.cleaned_data["training_confirmed_on"],
            self.cleaned_data["knows_where_to_get_help"],
        )


class Vouch(Version, Confirmed):
    """Vouching for somebody who asked."""


class Refuse(Version):
    """Saying no, with the reason, which the person who asked does not get to read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Kept with the request. The person who asked is told that it was refused, not why"),
        error_messages={"required": _("Say why you refuse")},
    )


class Attest(forms.Form):
    """Who still needs access. Nobody is chosen beforehand: each is a decision."""

    people = forms.MultipleChoiceField(
        label=_("These people still need access"),
        widget=Checkboxes(),
        error_messages={"required": _("Choose who still needs access")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = choices  # type: ignore[attr-defined]


class IdleFor(forms.Form):
    """How many days without a sign-in count (ORG-023)."""

    days = forms.IntegerField(
        label=_("Not signed in for this many days"),
        min_value=1,
        max_value=3650,
        widget=forms.NumberInput({"class": "govuk-input--width-4"}),
    )
