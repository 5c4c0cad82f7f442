"""How Django's forms become GOV.UK markup: the settings name `Renderer` as `FORM_RENDERER`."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from opensponsor.web.formkit import sentences
from opensponsor.web.formkit.widgets import DateBoxes

# The first kind that fits; a kind is the name of a template in gds/fields/ and decides the class of the control.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateBoxes, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.SelectMultiple, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
CLASSES = {
    "checkbox": "govuk-checkboxes__input",
    "checkboxes": "govuk-checkboxes__input",
    "file": "govuk-file-upload",
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "radios": "govuk-radios__input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
}
ERROR_CLASSES = {
    "file": "govuk-file-upload--error",
    "input": "govuk-input--error",
    "password": "govuk-input--error",
    "select": "govuk-select--error",
    "textarea": "govuk-textarea--error",
}


class FormField(BoundField):
    """One field of one form on the page."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        sentences.complete(field, str(self.label))
        if isinstance(field.widget, forms.NumberInput):
            # A number box changes its value when a wheel turns over it; a text box with the keys for numbers does not.
            field.widget.input_type = "text"
            field.widget.attrs.setdefault("inputmode", "numeric")

    @property
    def kind(self) -> str:
        """Which GOV.UK component shows this field."""
        widget = self.field.widget
        if widget.is_hidden:
            return "hidden"
        return next((kind for of, kind in KINDS if isinstance(widget, of)), "input")

    @property
    def parts_template(self) -> str:
        """The template of that component."""
        kind = {"select": "input", "radios": "choices", "checkboxes": "choices"}.get(self.kind, self.kind)
        return f"gds/fields/{kind}.html"

    @property
    def counted(self) -> int | None:
        """The greatest number of characters, where it is counted down under a text area."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def first_control_id(self) -> str:
        """Where a link in the error summary goes: the first control, or the first wrong box of a date."""
        if self.kind in ("radios", "checkboxes"):
            return f"{self.auto_id}_0"
        if self.kind == "date":
            return f"{self.auto_id}_{next(iter(self.wrong_parts), 'day')}"
        return self.id_for_label or self.auto_id

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The boxes of a date that the error is about; all of them where it does not say."""
        if self.kind != "date" or not self.errors:
            return ()
        params = self.errors.as_data()[0].params or {}
        return tuple(params.get("wrong_parts", ("day", "month", "year")))

    @property
    def is_revealed(self) -> bool:
        """Whether a choice of another field reveals this one, which then stands inside that choice."""
        return any(self.name in getattr(field.widget, "reveals", {}).values() for field in self.form.fields.values())

    @property
    def choices(self) -> list[dict[str, Any]]:
        """Radios and check boxes, each with its hint and the field it reveals."""
        hints = getattr(self.field.widget, "hints", {})
        reveals = getattr(self.field.widget, "reveals", {})
        return [
            {
                "id": choice.id_for_label,
                "name": choice.data["name"],
                "value": choice.data["value"],
                "label": choice.choice_label,
                "is_chosen": choice.data["selected"],
                "is_disabled": choice.data["attrs"].get("disabled", False),
                "hint": hints.get(str(choice.data["value"]), ""),
                "reveals": self.form[reveals[str(choice.data["value"])]]
                if str(choice.data["value"]) in reveals
                else None,
            }
            for choice in self.subwidgets
        ]

    @property
    def aria_describedby(self) -> str | None:
        if not self.auto_id or self.is_hidden:
            return None
        ends = (("hint", self.help_text), ("error", self.errors), ("info", self.counted))
        ids = [f"{self.auto_id}-{end}" for end, is_there in ends if is_there]
        return " ".join([*ids, self.field.widget.attrs.get("aria-describedby", "")]).strip() or None

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = dict(super().build_widget_attrs(attrs, widget))
        # The server says what is missing, in a sentence; the browser's own bubbles say it in another language and
        # vanish.
        attrs.pop("required", None)
        if widget.is_hidden:
            return attrs
        if self.kind == "date":
            attrs["wrong_parts"] = self.wrong_parts
            return attrs
        names = [CLASSES[self.kind], ERROR_CLASSES.get(self.kind, "") if self.errors else ""]
        names += [str(widget.attrs.get("class", "")), "govuk-js-character-count" if self.counted else ""]
        attrs["class"] = " ".join(name for name in names if name)
        # What is typed here is about other people: a shared browser must not offer it to the next one.
        if self.kind in ("input", "textarea") and "autocomplete" not in widget.attrs:
            attrs["autocomplete"] = "off"
        if isinstance(widget, forms.EmailInput):
            attrs["spellcheck"] = "false"
        if self.counted:
            # Counted, not cut off: a pasted text must not lose its end unseen.
            attrs["maxlength"] = False
        return attrs


class Renderer(TemplatesSetting):
    """Forms, form sets and fields from the templates in `gds/`."""

    form_template_name = "gds/form.html"
    formset_template_name = "gds/formset.html"
    field_template_name = "gds/field.html"
    bound_field_class = FormField
