"""Forms on a page. How a single field looks is the work of `opensponsor.web.formkit`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components.actions import csrf_field
from opensponsor.web.components.markup import element
from opensponsor.web.components.shapes import AnswerGroup


def field(bound: BoundField, heading: bool = False) -> SafeString:
    """One field with label, hint and error.

    `heading` makes its label the heading of the page, for a page of one question.
    """
    return bound.render(context={"field": bound, "heading": heading})


def has_required(form: forms.BaseForm) -> bool:
    """Whether the form needs the note on asterisks: several fields show and one of them must be filled in."""
    shown = form.visible_fields()
    return len(shown) > 1 and any(bound.field.required for bound in shown)


def required_note() -> SafeString:
    """What the red asterisk means; `{{ form }}` says it by itself."""
    star = element("span", "*", class_="os-required", aria_hidden="true")
    spoken = element("span", _("“required”"), class_="govuk-visually-hidden")
    return element("p", _("Fields marked"), " ", star, spoken, " ", _("must be filled in."), class_="os-form-note")


def post_form(
    context: Context,
    content: Any,
    url: str = "",
    autosave_url: str = "",
    is_upload: bool = False,
    is_wide: bool = False,
    warns: bool = True,
    element_id: str = "",
) -> SafeString:
    """A posting form with its token around the content. Asks before it is left with changes, unless `warns` is off."""
    status = element(
        "p",
        class_="os-draft",
        data_autosave_status=True,
        data_saved=_("Draft saved at"),
        data_failed=_("The draft could not be saved. Save the form before you leave this page."),
    )
    return element(
        "form",
        csrf_field(context),
        content,
        status if autosave_url else "",
        method="post",
        action=url or None,
        id=element_id or None,
        novalidate=True,
        enctype="multipart/form-data" if is_upload else None,
        class_="os-form os-form--wide" if is_wide else "os-form",
        data_leave_warning=warns,
        data_autosave_url=autosave_url or None,
    )


def standard_form(
    context: Context,
    form: forms.BaseForm,
    submit: Any = "",
    cancel_url: str = "",
    url: str = "",
    autosave_url: str = "",
    kind: str = "primary",
) -> dict[str, Any]:
    """A whole form.

    Its fields, one button, a way out. `hidden` fields such as the version belong in the form itself.
    """
    return {
        "request": context.get("request"),
        "form": form,
        "submit": submit or _("Save"),
        "cancel_url": cancel_url,
        "url": url,
        "autosave_url": autosave_url,
        "kind": kind,
        "is_upload": form.is_multipart(),
    }


def check_answers(groups: Iterable[AnswerGroup]) -> dict[str, Any]:
    """The answers of a flow, each with a link back to its question."""
    return {"groups": groups}
