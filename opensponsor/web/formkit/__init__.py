"""Forms on the GOV.UK Design System: plain `forms.Form`, rendered by `{{ form }}` or one `{% field %}` at a time."""

from opensponsor.web.formkit.fields import DateField, PenceField, YesNoField
from opensponsor.web.formkit.renderer import FormField, Renderer
from opensponsor.web.formkit.widgets import Checkboxes, DateBoxes, PenceInput, Radios

__all__ = [
    "Checkboxes",
    "DateBoxes",
    "DateField",
    "FormField",
    "PenceField",
    "PenceInput",
    "Radios",
    "Renderer",
    "YesNoField",
]
