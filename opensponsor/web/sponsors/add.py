"""Adding a sponsor or host: who, and how they are reached."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.core import clock
from opensponsor.hosts import permissions, queries, services
from opensponsor.hosts.states import SponsorType
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components.shapes import Link
from opensponsor.web.formkit import Radios
from opensponsor.web.naming import NameForm
from opensponsor.web.steps import Answers, Flow, Step, StepForm


class TypeForm(StepForm):
    """Whether they sponsored somebody or offer a home."""

    type = forms.ChoiceField(
        label=gettext_lazy("Is this a host or a sponsor?"),
        choices=[(one.value, one.label) for one in (SponsorType.HOST, SponsorType.SPONSOR)],
        widget=Radios(
            hints={
                SponsorType.HOST: gettext_lazy("Offers a home to anybody"),
                SponsorType.SPONSOR: gettext_lazy("Sponsored an application by name"),
            }
        ),
        error_messages={"required": gettext_lazy("Choose whether this is a host or a sponsor")},
    )


class ContactForm(StepForm):
    """How they are reached (SPO-008)."""

    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Record both the telephone number and the email address if you can"),
    )
    email = forms.EmailField(label=gettext_lazy("Email"), required=False)


def finish(request: ActorRequest, answers: Answers) -> str:
    """Add the sponsor or host with everything answered."""
    details = {**answers["type"], **answers["name"], **answers["contact"]}
    sponsor = services.add_sponsor(actor=request.actor, today=clock.today(), **details)
    return reverse("sponsors:added", args=[sponsor.case_id])


FLOW = Flow(
    namespace="sponsors",
    caption=gettext_lazy("Add a sponsor or host"),
    permission=Permission.SPONSOR_WRITE,
    may=permissions.may_add,
    steps=(
        Step("type", gettext_lazy("Type"), TypeForm),
        Step("name", gettext_lazy("Name"), NameForm),
        Step("contact", gettext_lazy("Contact details"), ContactForm),
    ),
    submit=gettext_lazy("Add the sponsor or host"),
    finish=finish,
)


@requires(Permission.SPONSOR_WRITE)
def added(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The sponsor or host is added: the reference, and what comes next."""
    sponsor = queries.get_sponsor(request.actor, case_id)
    context = {
        "title": _("Sponsor or host added"),
        "panel": sponsor.reference,
        "next_steps": [_("Everybody in your organisation sees the record from now on.")],
        "links": [
            Link(_("Open the record"), reverse("sponsors:record", args=[case_id])),
            Link(_("Add another sponsor or host"), reverse("sponsors:add")),
            Link(_("All sponsors and hosts"), reverse("sponsors:list")),
        ],
    }
    return render(request, "web/done.html", context)
