"""Forms of a household and of the people in it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.cases.queries import get_case_to_change
from opensponsor.checks.services.summaries import refreshing
from opensponsor.core import clock
from opensponsor.core.hiding import Hidden, shown
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.permissions import Permission
from opensponsor.people import queries, services
from opensponsor.people.queries import HouseholdRecord, MemberRecord
from opensponsor.people.states import CorrespondenceLanguage, Route
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.account.drafts import autosave_url, forget_draft, initial_from_draft
from opensponsor.web.casework.answers import accepts, cannot_edit, cannot_work_on, went_well
from opensponsor.web.conflicts import EditForm, Editing, Stored, edit, shown_values
from opensponsor.web.formkit import DateField, Radios
from opensponsor.web.households.record import name_of
from opensponsor.web.records.addresses import record_url

HOUSEHOLD_FIELDS = ("route", "expected_on", "arrived_on", "correspondence_language", "is_complex")
PERSON_FIELDS = ("given_names", "family_name", "birth_date", "phone", "email", "passport_number", "nhs_number")


class ArrivedField(DateField):
    """The day somebody arrived: today or earlier."""

    default_error_messages = {"future": gettext_lazy("The day of arrival must be today or earlier")}

    def clean(self, value: Any) -> Any:
        """The day. Raises ValidationError for one that has not come yet."""
        day = super().clean(value)
        if day is not None and day > clock.today():
            raise forms.ValidationError(self.error_messages["future"], code="future")
        return day


class HouseholdForm(EditForm):
    """What is recorded about a household."""

    route = forms.ChoiceField(label=gettext_lazy("Route"), choices=Route.choices, widget=Radios())
    expected_on = DateField(label=gettext_lazy("Expected arrival"), required=False)
    arrived_on = ArrivedField(label=gettext_lazy("Arrived"), required=False)
    correspondence_language = forms.ChoiceField(
        label=gettext_lazy("Language of letters"),
        choices=CorrespondenceLanguage.choices,
        help_text=gettext_lazy("Where it is not known, Welsh and English go together"),
    )
    is_complex = forms.BooleanField(
        label=gettext_lazy("Complex case"),
        required=False,
        help_text=gettext_lazy("A warning stands on every page of the record. Add a note that names a contact."),
    )


class ArriveForm(EditForm):
    """The day a household arrived."""

    arrived_on = ArrivedField(
        label=gettext_lazy("When did they arrive?"),
        error_messages={"required": gettext_lazy("Enter the day they arrived")},
    )


class PersonForm(forms.Form):
    """What is recorded about a person. Many people have one name only."""

    given_names = forms.CharField(label=gettext_lazy("Given names"), max_length=200, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=200, required=False)
    birth_date = DateField(label=gettext_lazy("Date of birth"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    passport_number = forms.CharField(label=gettext_lazy("Passport number"), max_length=40, required=False)
    nhs_number = forms.CharField(label=gettext_lazy("NHS number"), max_length=10, required=False)

    def __init__(self, *args: Any, names: tuple[str, ...] = PERSON_FIELDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(PERSON_FIELDS) - set(names):
            del self.fields[name]


class PersonEditForm(EditForm, PersonForm):
    """Changing what is recorded about a person."""


@requires(Permission.HOUSEHOLD_WRITE)
def change(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Changing what is recorded about a household."""
    return _edit_household(request, case_id, _("Change the household"), HouseholdForm, HOUSEHOLD_FIELDS)


@requires(Permission.HOUSEHOLD_WRITE)
def arrive(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Recording the arrival: one date."""
    return _edit_household(request, case_id, _("Record the arrival"), ArriveForm, ("arrived_on",))


def _edit_household(
    request: ActorRequest, case_id: UUID, title: str, form: type[EditForm], names: tuple[str, ...]
) -> HttpResponse:
    actor = request.actor
    case = get_case_to_change(actor, case_id)
    if refusal := cannot_work_on(request, case, Permission.HOUSEHOLD_WRITE):
        return refusal
    household_id = queries.get_household_id(actor, case_id)

    def load() -> Stored:
        record = queries.get_household(actor, case_id)
        return Stored("people_household", record.id, record.version, shown_values(record, names))

    editing = Editing(
        title=title,
        lead=_lead(shown(actor, case, "title"), case.reference),
        load=load,
        make=form,
        save=lambda **given: services.change_household(actor=actor, household_id=household_id, **given),
        done_url=record_url("HOUSEHOLD", case_id),
    )
    return edit(request, editing)


@requires(Permission.HOUSEHOLD_WRITE)
def change_person(request: ActorRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Changing what is recorded about somebody in the household. Fields the reader may not see are not in the form."""
    actor = request.actor
    if refusal := cannot_edit(request, case_id, Permission.HOUSEHOLD_WRITE):
        return refusal
    member = _member(queries.get_household(actor, case_id), person_id)
    names = tuple(shown_values(member, PERSON_FIELDS))

    def load() -> Stored:
        now = _member(queries.get_household(actor, case_id), person_id)
        return Stored("people_person", person_id, now.version, shown_values(now, PERSON_FIELDS))

    editing = Editing(
        title=_("Change a person"),
        lead=name_of(member),
        load=load,
        make=lambda *args, **kwargs: PersonEditForm(*args, names=names, **kwargs),
        save=lambda **given: refreshing(
            case_id, lambda: services.change_person(actor=actor, person_id=person_id, **given)
        ),
        done_url=record_url("HOUSEHOLD", case_id, "people"),
    )
    return edit(request, editing)


@requires(Permission.HOUSEHOLD_WRITE)
def add_person(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Adding somebody to the household."""
    if refusal := cannot_edit(request, case_id, Permission.HOUSEHOLD_WRITE):
        return refusal
    household = queries.get_household(request.actor, case_id)
    names = tuple(shown_values(household.members[0], PERSON_FIELDS)) if household.members else PERSON_FIELDS
    form = PersonForm(request.POST or None, initial=initial_from_draft(request), names=names)
    url = record_url("HOUSEHOLD", case_id, "people")
    if form.is_valid() and accepts(
        form,
        lambda: refreshing(
            case_id,
            lambda: services.add_person(
                actor=request.actor, household_id=household.id, today=clock.today(), **form.cleaned_data
            ),
        ),
    ):
        forget_draft(request)
        return went_well(request, _("The person was added to the household."), url)
    context = {
        "title": _("Add a person to the household"),
        "lead": _lead(household.title, household.reference),
        "form": form,
        "submit": _("Add the person"),
        "cancel_url": url,
        "back_url": url,
        "autosave_url": autosave_url(request),
    }
    return render(request, "web/form.html", context)


def _lead(title: str | Hidden, reference: str) -> str:
    return f"{title}, {reference}" if title else reference


def _member(household: HouseholdRecord, person_id: UUID) -> MemberRecord:
    found = next((member for member in household.members if member.person_id == person_id), None)
    if found is None:
        raise NotVisible
    return found
