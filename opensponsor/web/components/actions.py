"""Buttons, links and the actions of a record."""

from collections.abc import Iterable
from typing import Any

from django.middleware.csrf import get_token
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components.markup import element, joined
from opensponsor.web.components.shapes import Action, Link

KINDS = {
    "primary": "govuk-button",
    "secondary": "govuk-button govuk-button--secondary",
    "warning": "govuk-button govuk-button--warning",
}


def csrf_field(context: Context) -> SafeString:
    """The hidden field every posting form needs; nothing outside a request."""
    request = context.get("request")
    if request is None:
        return joined(())
    token = context.get("csrf_token") or get_token(request)
    return element("input", type="hidden", name="csrfmiddlewaretoken", value=token)


def button(text: Any, kind: str = "primary", name: str = "", value: str = "", url: str = "") -> SafeString:
    """A submit button. `url` sends the same form somewhere else."""
    return element(
        "button",
        text,
        type="submit",
        class_=KINDS[kind],
        data_module="govuk-button",
        name=name or None,
        value=value or None,
        formaction=url or None,
    )


def link_button(text: Any, url: str, kind: str = "secondary") -> SafeString:
    """A link that looks like a button: the first step of something, never a change."""
    return element("a", text, href=url, class_=KINDS[kind])


def action(context: Context, one: Action, is_plain: bool = False) -> SafeString:
    """One action: a button link, or a form of one button. `is_plain` makes it look like a link in text."""
    if not one.is_post:
        return (
            element("a", one.label, href=one.url, class_="govuk-link")
            if is_plain
            else link_button(one.label, one.url, one.kind)
        )
    fields = joined(element("input", type="hidden", name=name, value=value) for name, value in one.fields)
    press = (
        element("button", one.label, type="submit", class_="os-link-button")
        if is_plain
        else button(one.label, one.kind)
    )
    return element("form", csrf_field(context), fields, press, method="post", action=one.url, class_="os-inline")


def action_group(context: Context, actions: Iterable[Action], more_url: str = "") -> SafeString:
    """One main action, up to two others, and a link to the rest: the first is green unless it says otherwise."""
    shown = list(actions)
    if not shown and not more_url:
        return joined(())
    first = [
        Action(one.label, one.url, one.is_post, "primary" if one.kind == "secondary" else one.kind, one.fields)
        for one in shown[:1]
    ]
    parts = [action(context, one) for one in [*first, *shown[1:3]]]
    if more_url:
        parts.append(element("a", _("More actions"), href=more_url, class_="govuk-link"))
    return element("div", *parts, class_="os-actions")


def back_link(url: str, text: Any = "") -> SafeString:
    """Back to the list or record this page was opened from."""
    return element("a", text or _("Back"), href=url, class_="govuk-back-link")


def breadcrumbs(links: Iterable[Link]) -> SafeString:
    """Where this page stands; the last link is its parent."""
    items = [
        element(
            "li",
            element("a", one.label, href=one.url, class_="govuk-breadcrumbs__link"),
            class_="govuk-breadcrumbs__list-item",
        )
        for one in links
    ]
    return element(
        "nav",
        element("ol", *items, class_="govuk-breadcrumbs__list"),
        class_="govuk-breadcrumbs",
        aria_label=_("Breadcrumb"),
    )


def skip_link(target: str, text: Any) -> SafeString:
    """Past what is the same on every page. `target` is the id of an element."""
    return element("a", text, href=f"#{target}", class_="govuk-skip-link", data_module="govuk-skip-link")
