"""The forms of lists."""

from collections.abc import Hashable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext as _

from opensponsor.core.actor import Actor
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.filters import Day, Filter
from opensponsor.saved_views.states import ExportFormat
from opensponsor.web.formkit import DateField, Radios


class FilterForm(forms.Form):
    """The filters of a list, each of which may be left empty."""

    @property
    def fragment_key(self) -> Hashable:
        """What decides how the fields look: their choices and values. None where something is wrong with a value."""
        return None if self.errors else self._key()

    def full_clean(self) -> None:
        """Look at the values that were given, which are few of many: looking at all takes most of the form's time."""
        fields = self.fields
        self.fields = {name: field for name, field in fields.items() if self._given(name, field)}
        try:
            super().full_clean()
        finally:
            self.fields = fields

    def _key(self) -> Hashable:
        return tuple(
            (name, str(field.label), tuple(getattr(field, "choices", ())), repr(self._given(name, field)))
            for name, field in self.fields.items()
        )

    def _given(self, name: str, field: forms.Field) -> Any:
        return field.widget.value_from_datadict(self.data, {}, name)


def filter_form(definition: ListDefinition, actor: Actor, parameters: Mapping[str, str]) -> FilterForm:
    """The filters that the actor may use, with the values of the parameters."""
    filters = definition.filters_for(actor).values()
    form = FilterForm({one.key: one.default for one in filters} | dict(parameters), auto_id="filter_%s")
    for one in filters:
        form.fields[one.key] = _field(one, actor)
    return form


def _field(one: Filter, actor: Actor) -> forms.Field:
    if isinstance(one, Day):
        return DateField(label=str(one.label), required=False)
    return forms.ChoiceField(label=str(one.label), required=False, choices=[("", _("Any")), *one.options(actor)])


class FindNames(forms.Form):
    """Words to look for in names and references."""

    names = forms.CharField(label=gettext_lazy("Name or reference"), required=False, max_length=200)


class ViewName(forms.Form):
    """What a view is called."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60)


class SaveView(ViewName):
    """A view to save."""

    is_default = forms.BooleanField(label=gettext_lazy("Open this view first"), required=False)


class RenameView(ViewName):
    """A view to rename."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AskExport(forms.Form):
    """How and why a list is taken out."""

    file_format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=ExportFormat.choices, initial=ExportFormat.XLSX, widget=Radios
    )
    reason = forms.CharField(
        label=gettext_lazy("What is the file for?"),
        help_text=gettext_lazy("This is kept with your name. Do not write about people here."),
        max_length=400,
        error_messages={"required": gettext_lazy("Say what the file is for")},
    )


class Assign(forms.Form):
    """Whom to give the chosen records to."""

    assignee = forms.TypedChoiceField(
        label=gettext_lazy("Assign to"),
        coerce=int,
        empty_value=None,
        error_messages={"required": gettext_lazy("Choose who works on these records")},
    )

    def __init__(self, colleagues: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.TypedChoiceField", self.fields["assignee"])
        field.choices = [("", _("Choose a colleague")), ("0", _("Nobody")), *colleagues]
