"""The form of a sponsor licence."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.identity.permissions import Permission
from opensponsor.licensing import permissions, queries, services
from opensponsor.licensing.states import Rating
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import cannot_edit
from opensponsor.web.conflicts import EditForm, Editing, Stored, edit, shown_values
from opensponsor.web.formkit import DateField, Radios
from opensponsor.web.licences.record import FIELDS
from opensponsor.web.records.addresses import record_url


class LicenceForm(EditForm):
    """What is recorded about a licence, as far as it is this reader's to change."""

    sponsor_name = forms.CharField(label=gettext_lazy("Name of the sponsor"), max_length=200)
    trading_name = forms.CharField(label=gettext_lazy("Trading name"), max_length=200, required=False)
    rating = forms.ChoiceField(label=gettext_lazy("Rating"), choices=Rating.choices, widget=Radios(is_inline=True))
    granted_on = DateField(label=gettext_lazy("Granted on"))
    contact_email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    contact_phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)

    def __init__(self, *args: Any, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(FIELDS) - set(names):
            del self.fields[name]


@requires(Permission.LICENCE_WRITE)
def change(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Changing what is recorded about a licence."""
    actor = request.actor
    if refusal := cannot_edit(request, case_id, Permission.LICENCE_WRITE):
        return refusal
    licence = queries.get_licence(actor, case_id)
    mine = permissions.changeable_fields(actor, frozenset(FIELDS))
    names = tuple(name for name in shown_values(licence, FIELDS) if name in mine)

    def load() -> Stored:
        record = queries.get_licence(actor, case_id)
        return Stored("licensing_licence", record.id, record.version, shown_values(record, names))

    editing = Editing(
        title=_("Change the licence"),
        lead=f"{licence.title}, {licence.reference}" if licence.title else licence.reference,
        load=load,
        make=lambda *args, **kwargs: LicenceForm(*args, names=names, **kwargs),
        save=lambda **given: services.change_licence(actor=actor, licence_id=licence.id, **given),
        done_url=record_url("LICENCE", case_id),
    )
    return edit(request, editing)
