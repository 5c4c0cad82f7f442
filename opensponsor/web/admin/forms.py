"""Forms of the operator of the platform."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from opensponsor.identity.models import Organisation
from opensponsor.identity.roles import DEFINITIONS, Role
from opensponsor.identity.states import ControllerRole, OrganisationKind
from opensponsor.web.conflicts import EditForm
from opensponsor.web.formkit import Radios
from opensponsor.web.team.forms import Confirmed, Version

_DOMAIN = RegexValidator(
    r"^@?[a-z0-9-]+(\.[a-z0-9-]+)+$", _("Enter each domain like council.gov.uk, one on a line"), flags=re.IGNORECASE
)


class OrganisationFilters(forms.Form):
    """The filters of the list of organisations."""

    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *OrganisationKind.choices])


class Domains(forms.CharField):
    """Domains, one on a line; a list in Python."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        found = sorted({line.strip().lower().lstrip("@") for line in str(value or "").splitlines() if line.strip()})
        for domain in found:
            _DOMAIN(domain)
        return found

    def validate(self, value: Any) -> None:
        """None at all is fine: then every address may join."""

    def run_validators(self, value: Any) -> None:
        """Each line was looked at above."""


class ChangeOrganisation(EditForm):
    """What the operator sets about an organisation (ORG-006, C-115)."""

    controller_role = forms.ChoiceField(
        label=_("Data protection"),
        choices=ControllerRole.choices,
        widget=Radios(
            hints={
                ControllerRole.CONTROLLER: _("Decides about its data itself"),
                ControllerRole.PROCESSOR: _("Acts on the instruction of a controller"),
            },
            reveals={ControllerRole.PROCESSOR: "acts_for_id"},
        ),
    )
    acts_for_id = forms.TypedChoiceField(
        label=_("Acts for"), coerce=int, empty_value=None, required=False, choices=[("", _("Choose the controller"))]
    )
    email_domains = Domains(
        label=_("Domains of work addresses"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One on a line, like council.gov.uk. Only these addresses can join. Empty: any address"),
    )
    assigns_tasks = forms.BooleanField(
        label=_("Members can give tasks to each other"),
        required=False,
        help_text=_("Without this each person has only the tasks they set themselves"),
    )

    def __init__(self, *args: Any, controllers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose the controller")), *((one.pk, one.name) for one in controllers)]
        self.fields["acts_for_id"].choices = choices  # type: ignore[attr-defined]


class CreateAccount(Version):
    """Making the account out of a request."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose the role")})
    may_be_second = forms.BooleanField(
        label=_("If this person works for another organisation already, they are to belong to both"),
        required=False,
        help_text=_("They choose for whom they act, and every choice is recorded"),
    )

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        field.widget = Radios(hints={role: DEFINITIONS[role].sentence for role in roles})
        field.choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class Nominate(Confirmed):
    """Asking and vouching in one, where there is no champion."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("Work email address"), max_length=254)
    operational_need = forms.CharField(
        label=_("Needs access for"), max_length=1000, widget=forms.Textarea({"rows": 3}), required=False
    )
    field_order = ("full_name", "email", "operational_need")
