"""The forms of lists."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from opensponsor.core.actor import Actor
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.filters import Council, Day, Filter
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
    label, anything = str(one.label), _("Any")
    if isinstance(one, Day):
        return DateField(label=label, required=False)
    if isinstance(one, Council):
        return _among_names(label, anything, one.register(actor), get_language())
    return _among(label, anything, tuple(one.options(actor)), get_language())


# A field is made once for all who choose among the same in one language, and nothing about it changes with a page.
@lru_cache(maxsize=500)
def _among(label: str, anything: str, options: tuple[tuple[str, str], ...], language: str | None) -> forms.Field:
    return forms.ChoiceField(label=label, required=False, choices=[("", anything), *options])


@lru_cache(maxsize=500)
def _among_names(
    label: str, anything: str, register: tuple[tuple[str, str, str], ...], language: str | None
) -> forms.Field:
    options = [(key, (language == "cy" and welsh) or english) for key, english, welsh in register]
    found: dict[str, set[str]] = defaultdict(set)
    for key, *names in register:
        for name in filter(None, names):
            found[name].add(key)
    widget = SelectByName({name: keys.pop() for name, keys in found.items() if len(keys) == 1})
    return forms.ChoiceField(label=label, required=False, choices=[("", anything), *options], widget=widget)


class SelectByName(forms.Select):
    """A choice in which the name of an option is its value, in whichever language, where only one is called so.

    With a value of their own the hundreds of councils of a nation would weigh as much again. `keys` are the values by
    name; the value itself is understood too, and is what the form gives.
    """

    option_template_name = "gds/widgets/named_option.html"

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.keys = keys

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return self.keys.get(value, value)

    def create_option(self, name: str, value: Any, label: Any, *arguments: Any, **more: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *arguments, **more)
        return option | {"is_named": self.keys.get(str(label)) == str(value)}


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
