"""Boxes of text: messages, insets, disclosures, panels."""

from collections.abc import Iterable
from typing import Any

from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components.markup import element, joined

KINDS = ("information", "success", "warning", "error")


def message(content: Any, kind: str = "information", title: Any = "", is_news: bool = False) -> SafeString:
    """A message in a frame, its kind in words. `is_news` says it to screen readers when the page opens."""
    titles = {"information": _("Information"), "success": _("Done"), "warning": _("Important"), "error": _("Problem")}
    name = title or titles[kind]
    return element(
        "section",
        element("p", element("span", name, ":", class_="os-message__title"), " ", content),
        class_=f"os-message os-message--{kind}",
        aria_label=name,
        tabindex="-1" if is_news else None,
        data_focus=is_news,
    )


def messages(waiting: Iterable[Message] | None) -> SafeString:
    """What the last request did, as Django keeps it (`messages.success(request, ...)`)."""
    kinds = {"success": "success", "warning": "warning", "error": "error"}
    return joined(message(one, kinds.get(one.level_tag, "information"), is_news=True) for one in waiting or ())


def inset(content: Any) -> SafeString:
    """Text that stands apart."""
    return element("div", content, class_="govuk-inset-text")


def warning_text(text: Any) -> SafeString:
    """A warning inside a page, such as that something cannot be undone."""
    return element(
        "div",
        element("span", "!", class_="govuk-warning-text__icon", aria_hidden="true"),
        element(
            "strong",
            element("span", _("Warning"), class_="govuk-visually-hidden"),
            text,
            class_="govuk-warning-text__text",
        ),
        class_="govuk-warning-text",
    )


def details(content: Any, summary: Any, is_open: bool = False) -> SafeString:
    """Text behind one word, for what few need."""
    return element(
        "details",
        element(
            "summary", element("span", summary, class_="govuk-details__summary-text"), class_="govuk-details__summary"
        ),
        element("div", content, class_="govuk-details__text"),
        class_="govuk-details",
        open=is_open,
    )


def confirmation_panel(title: Any, text: Any = "") -> SafeString:
    """The end of a flow: what was done and its reference."""
    return element(
        "div",
        element("h1", title, class_="govuk-panel__title"),
        element("div", text, class_="govuk-panel__body") if text else "",
        class_="govuk-panel govuk-panel--confirmation",
    )
