"""Adding the licence of a sponsor, by the Home Office."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.core import clock
from opensponsor.identity.permissions import Permission
from opensponsor.licensing import permissions, queries, services
from opensponsor.licensing.states import Rating
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components.shapes import Link
from opensponsor.web.formkit import DateField, Radios
from opensponsor.web.steps import Answers, Flow, Step, StepForm


class HolderForm(StepForm):
    """Whose licence it is."""

    organisation_id = forms.TypedChoiceField(
        label=gettext_lazy("Which sponsor holds the licence?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the sponsor")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = [(one.pk, one.name) for one in queries.sponsor_organisations()]
        self.fields["organisation_id"].choices = [("", _("Choose a sponsor")), *holders]  # type: ignore[attr-defined]


class LicenceForm(StepForm):
    """What the licence says."""

    number = forms.CharField(
        label=gettext_lazy("Licence number"),
        max_length=30,
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )
    sponsor_name = forms.CharField(label=gettext_lazy("Name of the sponsor"), max_length=200)
    trading_name = forms.CharField(label=gettext_lazy("Trading name"), max_length=200, required=False)
    rating = forms.ChoiceField(
        label=gettext_lazy("Rating"), choices=Rating.choices, initial=Rating.A, widget=Radios(is_inline=True)
    )
    granted_on = DateField(label=gettext_lazy("Granted on"))


class ContactForm(StepForm):
    """How the sponsor is reached."""

    contact_email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    contact_phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)


def finish(request: ActorRequest, answers: Answers) -> str:
    """Add the licence with everything answered."""
    details = {**answers["holder"], **answers["licence"], **answers["contact"]}
    licence = services.add_licence(actor=request.actor, today=clock.today(), **details)
    return reverse("licences:added", args=[licence.case_id])


FLOW = Flow(
    namespace="licences",
    caption=gettext_lazy("Add a licence"),
    permission=Permission.LICENCE_WRITE,
    may=permissions.is_licensing_body,
    steps=(
        Step("holder", gettext_lazy("Sponsor"), HolderForm),
        Step("licence", gettext_lazy("Licence"), LicenceForm),
        Step("contact", gettext_lazy("Contact details"), ContactForm),
    ),
    submit=gettext_lazy("Add the licence"),
    finish=finish,
)


@requires(Permission.LICENCE_WRITE)
def added(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The licence is added: its number, and what comes next."""
    permissions.check_may_add(request.actor)
    licence = queries.get_licence(request.actor, case_id)
    context = {
        "title": _("Licence added"),
        "panel": licence.reference,
        "next_steps": [_("The sponsor sees the licence from now on.")],
        "links": [
            Link(_("Open the licence"), reverse("licences:record", args=[case_id])),
            Link(_("Add another licence"), reverse("licences:add")),
            Link(_("All licences"), reverse("licences:list")),
        ],
    }
    return render(request, "web/done.html", context)
