"""Forms of people who have no account yet."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opensponsor.identity.models import User


class OrganisationSearch(forms.Form):
    """Which organisation somebody works for."""

    q = forms.CharField(
        label=_("Name of the organisation"),
        max_length=60,
        help_text=_("A part of the name is enough, in English or Welsh"),
        error_messages={"required": _("Enter a part of the name of the organisation")},
    )


class Ask(forms.Form):
    """A request for access (ORG-015)."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your full name")},
    )
    email = forms.EmailField(
        label=_("Work email address"),
        max_length=254,
        help_text=_("The address of your work account. Your invitation is sent there"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Enter your work email address")},
    )
    operational_need = forms.CharField(
        label=_("What do you need access for?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Say what your work is. Do not name or describe anybody you work with"),
        error_messages={"required": _("Say what you need access for")},
    )
    wants_champion = forms.BooleanField(
        label=_("I am to be a data champion of this organisation"),
        required=False,
        help_text=_("Also called local champion or super-user: vouches for colleagues and looks after their access"),
    )


class ChoosePassword(forms.Form):
    """The first password of a new account."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = _(
            "At least 15 characters. Three or four uncommon words are good. You may paste it from a password manager."
        )

    def clean_password(self) -> str:
        """What the rules for passwords say about it, in sentences."""
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password, self.user)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return password
