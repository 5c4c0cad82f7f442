"""Adding a household: whose it is, how it comes, its lead applicant, its journey."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.checks.services.summaries import refresh
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import may_see
from opensponsor.identity.permissions import Permission
from opensponsor.people import permissions, queries, services
from opensponsor.people.models import Person
from opensponsor.people.services import PersonDetails
from opensponsor.people.states import CorrespondenceLanguage, Route
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components.shapes import Link
from opensponsor.web.formkit import DateField, Radios
from opensponsor.web.naming import NameForm
from opensponsor.web.steps import Answers, Flow, Step, StepForm


def enters_for_others(actor: Actor) -> bool:
    """Whether the actor says whose household it is, because its own organisation owns none."""
    return permissions.is_contact_centre(actor)


class CouncilForm(StepForm):
    """Whose household it is."""

    owner = forms.TypedChoiceField(
        label=gettext_lazy("Which council does the household belong to?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the council")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = [(one.pk, one.name) for one in queries.councils_to_enter_for(self.actor)]
        self.fields["owner"].choices = [("", _("Choose a council")), *councils]  # type: ignore[attr-defined]


class RouteForm(StepForm):
    """By whose offer the household comes."""

    route = forms.ChoiceField(
        label=gettext_lazy("By which route does the household come?"),
        choices=Route.choices,
        widget=Radios(
            hints={
                Route.SUPER_SPONSOR: gettext_lazy("The government of the nation is the sponsor"),
                Route.INDIVIDUAL_SPONSOR: gettext_lazy("Somebody sponsors them by name"),
            }
        ),
        error_messages={"required": gettext_lazy("Choose the route")},
    )


class LeadForm(NameForm):
    """The person the household is called after."""

    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    passport_number = forms.CharField(label=gettext_lazy("Passport number"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if not may_see(self.actor, Person, name)]:
            del self.fields[name]


class JourneyForm(StepForm):
    """When they come and how to write to them."""

    expected_on = DateField(label=gettext_lazy("Expected arrival"), required=False)
    correspondence_language = forms.ChoiceField(
        label=gettext_lazy("Language of letters"),
        choices=CorrespondenceLanguage.choices,
        initial=CorrespondenceLanguage.NOT_KNOWN,
    )


def finish(request: ActorRequest, answers: Answers) -> str:
    """Add the household with everything answered."""
    route = answers["route"]["route"] if "route" in answers else Route.SUPER_SPONSOR
    household = services.add_household(
        actor=request.actor,
        today=clock.today(),
        route=Route(route),
        lead=PersonDetails(**answers["lead"]),  # type: ignore[typeddict-item]
        owner_id=answers["council"]["owner"] if "council" in answers else None,
        **answers["journey"],
    )
    refresh([household.case_id])
    return reverse("households:added", args=[household.case_id])


FLOW = Flow(
    namespace="households",
    caption=gettext_lazy("Add a household"),
    permission=Permission.HOUSEHOLD_WRITE,
    may=permissions.may_add,
    steps=(
        Step("council", gettext_lazy("Council"), CouncilForm, enters_for_others),
        Step("route", gettext_lazy("Route"), RouteForm, lambda actor: not enters_for_others(actor)),
        Step("lead", gettext_lazy("Lead applicant"), LeadForm),
        Step("journey", gettext_lazy("Journey and letters"), JourneyForm),
    ),
    submit=gettext_lazy("Add the household"),
    finish=finish,
)


@requires(Permission.HOUSEHOLD_WRITE)
def added(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The household is added: its reference, and what comes next."""
    household = queries.get_household(request.actor, case_id)
    context = {
        "title": _("Household added"),
        "panel": household.reference,
        "next_steps": [_("Add the other people of the household on its page.")],
        "links": [
            Link(_("Open the household"), reverse("households:record", args=[case_id])),
            Link(_("Add another household"), reverse("households:add")),
            Link(_("All households"), reverse("households:list")),
        ],
    }
    return render(request, "web/done.html", context)
