"""Forms of casework. Free text is warned about where it is typed; no machine tells what is sensitive (ORG-041)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensponsor.cases.rules.note_titles import prefilled_title
from opensponsor.cases.states import NoteKind, TaskKind
from opensponsor.core.actor import Actor
from opensponsor.web.conflicts import EditForm
from opensponsor.web.formkit import DateField, Radios

WARNING = _("Do not write about health or anything sensitive. Say that a check was done, not what it found.")
NOTE_KINDS = [(kind.value, kind.label) for kind in NoteKind if kind != NoteKind.SYSTEM]
NOBODY = ("", _("Nobody"))


class FreeText(forms.CharField):
    """A text area with the warning beside it and a count of characters. Lines end as they are stored."""

    def __init__(self, *, label: Any, most: int, rows: int = 5, required: bool = True, error: Any = "") -> None:
        super().__init__(
            label=label,
            max_length=most,
            widget=forms.Textarea({"rows": rows}),
            required=required,
            help_text=WARNING,
            error_messages={"required": error} if error else None,
        )

    def to_python(self, value: Any) -> str:
        """The text with plain line ends."""
        return super().to_python(str(value or "").replace("\r\n", "\n")) or ""


def first_note_values(actor: Actor) -> dict[str, Any]:
    """What a new note starts with: the team and initials of its author (NOTE-003)."""
    return {"kind": NoteKind.CASE_NOTE, "title": prefilled_title(actor.organisation_name, actor.user_name)}


class NoteForm(forms.Form):
    """A note. There is no field for a file (ORG-040, NOTE-009)."""

    kind = forms.ChoiceField(label=_("Kind"), choices=NOTE_KINDS, widget=Radios(is_inline=True))
    title = forms.CharField(label=_("Title"), max_length=120, error_messages={"required": _("Enter a title")})
    body = FreeText(label=_("Note"), most=10_000, rows=3, error=_("Enter the note"))


class NoteEditForm(EditForm, NoteForm):
    """Changing a note of one's own."""


class ReasonForm(forms.Form):
    """A reason for something that is not done without one."""

    reason = FreeText(label=_("Reason"), most=400, rows=3, error=_("Enter the reason"))


class LongReasonForm(forms.Form):
    """A reason that others decide by."""

    reason = FreeText(label=_("Reason"), most=1000, rows=4, error=_("Enter the reason"))


class VersionForm(forms.Form):
    """A button about one version of a record: somebody who saw another is told."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RemoveForm(VersionForm, ReasonForm):
    """Striking a note."""


class TaskForm(forms.Form):
    """A task or meeting. `assignees` are the colleagues it can be given to; without them it is one's own (C-115)."""

    kind = forms.ChoiceField(label=_("Kind"), choices=TaskKind.choices, widget=Radios(is_inline=True))
    title = forms.CharField(
        label=_("What needs doing"), max_length=120, error_messages={"required": _("Enter what needs doing")}
    )
    due_on = DateField(label=_("By when"), error_messages={"required": _("Enter the day it is due")})
    starts_at = forms.TimeField(
        label=_("Time"),
        required=False,
        help_text=_("For a meeting, such as 14:30"),
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
        error_messages={"invalid": _("Enter the time like 14:30")},
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    detail = FreeText(label=_("Details"), most=4_000, required=False)
    assignee_id = forms.TypedChoiceField(label=_("Who does it"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, assignees: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if assignees:
            self.fields["assignee_id"].choices = assignees  # type: ignore[attr-defined]
        else:
            del self.fields["assignee_id"]


class TaskEditForm(EditForm, TaskForm):
    """Changing a task that is not done. What kind of thing it is stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class AssignForm(VersionForm):
    """Who is responsible for a record."""

    assignee_id = forms.TypedChoiceField(label=_("Caseworker"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, assignees: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee_id"].choices = [NOBODY, *assignees]  # type: ignore[attr-defined]


class OrganisationChoice(forms.Form):
    """Another organisation, chosen from the register."""

    organisation_id = forms.TypedChoiceField(
        label=_("Organisation"), coerce=int, error_messages={"required": _("Choose the organisation")}
    )

    def __init__(self, *args: Any, organisations: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation_id"]
        field.choices = [("", _("Choose an organisation")), *organisations]


class ShareForm(ReasonForm, OrganisationChoice):
    """Letting another organisation read the record."""


class TransferForm(OrganisationChoice):
    """Handing the record to another council."""


class ConfirmTransferForm(VersionForm):
    """Carried through the interruption page."""

    organisation_id = forms.IntegerField(widget=forms.HiddenInput)
    is_confirmed = forms.BooleanField(widget=forms.HiddenInput)


class DecisionForm(VersionForm):
    """Approving or refusing a request."""

    approve = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Approve: it is done at once")), ("no", _("Refuse"))],
        widget=Radios(),
        error_messages={"required": _("Choose whether to approve or to refuse")},
    )
    reason = FreeText(label=_("Reason"), most=1000, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        given = super().clean() or {}
        if given.get("approve") == "no" and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why you refuse"))
        return given


class ReferenceForm(forms.Form):
    """Finding a record by its reference."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=30,
        help_text=_("Such as FAM000123"),
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
        error_messages={"required": _("Enter the reference")},
    )
