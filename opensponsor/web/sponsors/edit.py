"""The form of a sponsor or host."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.hosts import queries, services
from opensponsor.hosts.states import SponsorType
from opensponsor.identity.permissions import Permission
from opensponsor.reference.rules.postcodes import normalise
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import cannot_edit
from opensponsor.web.conflicts import EditForm, Editing, Stored, edit, shown_values
from opensponsor.web.formkit import DateField, Radios
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.rows import spaced

FIELDS = ("type", "given_names", "family_name", "birth_date", "phone", "email", "home_address", "home_postcode")


class PostcodeField(forms.CharField):
    """A postcode, shown as people write it and kept in its stored form."""

    default_error_messages = {"invalid": gettext_lazy("Enter a postcode such as LL32 8LD")}

    def prepare_value(self, value: Any) -> Any:
        """The stored form with its space; what somebody typed stays as it is."""
        return spaced(normalise(value) or value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """The stored form. Raises ValidationError for what is no postcode."""
        typed = super().clean(value)
        stored = normalise(typed) if typed else ""
        if stored is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return stored


class SponsorForm(EditForm):
    """What is recorded about a sponsor or host."""

    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=SponsorType.choices, widget=Radios())
    given_names = forms.CharField(label=gettext_lazy("Given names"), max_length=200, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=200, required=False)
    birth_date = DateField(label=gettext_lazy("Date of birth"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    home_address = forms.CharField(
        label=gettext_lazy("Home address"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Where they live, which need not be what they offer"),
    )
    home_postcode = PostcodeField(label=gettext_lazy("Postcode"), max_length=10, required=False)

    def __init__(self, *args: Any, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(FIELDS) - set(names):
            del self.fields[name]


@requires(Permission.SPONSOR_WRITE)
def change(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Changing what is recorded about a sponsor or host."""
    actor = request.actor
    if refusal := cannot_edit(request, case_id, Permission.SPONSOR_WRITE):
        return refusal
    sponsor = queries.get_sponsor(actor, case_id)
    names = tuple(shown_values(sponsor, FIELDS))

    def load() -> Stored:
        record = queries.get_sponsor(actor, case_id)
        return Stored("hosts_sponsor", record.id, record.version, shown_values(record, FIELDS))

    editing = Editing(
        title=_("Change the sponsor or host"),
        lead=f"{sponsor.title}, {sponsor.reference}" if sponsor.title else sponsor.reference,
        load=load,
        make=lambda *args, **kwargs: SponsorForm(*args, names=names, **kwargs),
        save=lambda **given: services.change_sponsor(actor=actor, sponsor_id=sponsor.id, **given),
        done_url=record_url("SPONSOR", case_id),
    )
    return edit(request, editing)
