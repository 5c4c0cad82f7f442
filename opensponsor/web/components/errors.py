"""What is wrong with a form, at the top of the page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components.markup import element, joined


def forms_in(*given: Any) -> Iterator[forms.BaseForm]:
    """The forms among the things handed over, those of form sets too."""
    for one in given:
        if isinstance(one, forms.BaseForm):
            yield one
        elif isinstance(one, forms.BaseFormSet):
            yield from one.forms


def problems(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Each sentence with the id of the control it is about; an empty id for what is about the whole form."""
    for sentence in form.non_field_errors():
        yield "", str(sentence)
    for bound in form:
        target = getattr(bound, "first_control_id", bound.id_for_label)
        yield from ((target, str(sentence)) for sentence in bound.errors)


def error_summary(*given: Any) -> SafeString:
    """Every problem of the forms, each a link to where it can be put right. Nothing where nothing is wrong."""
    found: list[tuple[str, str]] = []
    for one in given:
        if isinstance(one, forms.BaseFormSet) and one.is_bound:
            found += [("", str(sentence)) for sentence in one.non_form_errors()]
    for form in forms_in(*given):
        if form.is_bound and form.errors:
            found += problems(form)
    return summary_of(found)


def summary_of(found: Iterable[tuple[str, str]]) -> SafeString:
    """The summary of sentences with their targets."""
    items = [
        element("li", element("a", sentence, href=f"#{target}") if target else sentence) for target, sentence in found
    ]
    if not items:
        return joined(())
    inside = element(
        "div",
        element("h2", _("There is a problem"), class_="govuk-error-summary__title"),
        element(
            "div",
            element("ul", *items, class_="govuk-list govuk-error-summary__list"),
            class_="govuk-error-summary__body",
        ),
        role="alert",
    )
    return element("div", inside, class_="govuk-error-summary", data_module="govuk-error-summary")


def has_errors(*given: Any) -> bool:
    """Whether any form handed over was sent and is wrong: then the title of the page says so."""
    return any(form.is_bound and bool(form.errors) for form in forms_in(*given))
