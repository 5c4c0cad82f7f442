"""The parts of a record page: who it is, what is wrong, how it stands, what was done."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components import cells
from opensponsor.web.components.markup import element, hidden, joined
from opensponsor.web.components.shapes import Fact, Link, Risk, SummaryRow


def summary_row(row: SummaryRow, has_actions: bool) -> SafeString:
    """A line of a summary list."""
    parts = [
        element("dt", row.key, class_="govuk-summary-list__key"),
        element("dd", cells.value(row.value), class_="govuk-summary-list__value"),
    ]
    if row.change_url:
        words = (row.change_label or _("Change"), hidden(row.change_what or row.key))
        change = element("a", *words, href=row.change_url, class_="govuk-link")
        parts.append(element("dd", change, class_="govuk-summary-list__actions"))
    is_bare = has_actions and not row.change_url
    return element(
        "div", *parts, class_="govuk-summary-list__row" + (" govuk-summary-list__row--no-actions" if is_bare else "")
    )


def summary_list(rows: Iterable[SummaryRow]) -> SafeString:
    """Facts with their labels, each with a link to change it where the reader may."""
    lines = tuple(rows)
    has_actions = any(row.change_url for row in lines)
    return element("dl", *(summary_row(row, has_actions) for row in lines), class_="govuk-summary-list")


def risk_banner(risks: Iterable[Risk]) -> SafeString:
    """Every warning about this record; stands on every section of it, plain and near the heading."""
    return joined(
        element(
            "section",
            element("p", element("span", _("Warning:"), " ", risk.title, class_="os-risk__title")),
            element("p", risk.text) if risk.text else "",
            class_="os-risk",
            aria_label=_("Warning"),
        )
        for risk in risks
    )


def identity_block(name: Any, facts: Iterable[Fact] = ()) -> SafeString:
    """The heading of a record and the few facts that tell it from every other."""
    lines = [element("div", element("dt", fact.label), element("dd", cells.value(fact.value))) for fact in facts]
    facts_list = element("dl", *lines, class_="os-identity__facts") if lines else ""
    return element("div", element("h1", name, class_="govuk-heading-l"), facts_list, class_="os-identity")


def next_step(text: Any, url: str = "") -> SafeString:
    """What this record waits for."""
    words = element("a", text, href=url, class_="govuk-link") if url else text
    return element("p", element("strong", _("Next:")), " ", words, class_="os-next")


def section_nav(links: Iterable[Link], label: Any = "") -> SafeString:
    """The sections of a record, each an address of its own; on a phone behind one word."""
    items = [
        element(
            "li",
            element(
                "a",
                one.label,
                joined((" ", count(one.count))) if one.count is not None else "",
                href=one.url,
                class_="moj-sub-navigation__link",
                aria_current="page" if one.is_current else None,
            ),
            class_="moj-sub-navigation__item",
        )
        for one in links
    ]
    name = label or _("Sections")
    nav = element(
        "nav", element("ul", *items, class_="moj-sub-navigation__list"), class_="moj-sub-navigation", aria_label=name
    )
    return element("details", element("summary", name), nav, class_="os-sections")


def choice_links(links: Iterable[Link], label: Any) -> SafeString:
    """One choice of a few, as links: what a timeline shows, how a list is grouped."""
    items = [
        element(
            "li",
            element(
                "a",
                one.label,
                _bracketed(one.count),
                href=one.url,
                class_="govuk-link",
                aria_current="true" if one.is_current else None,
            ),
        )
        for one in links
    ]
    return element("nav", element("ul", *items, class_="os-choices"), aria_label=label)


def _bracketed(number: int | None) -> str:
    return "" if number is None else f" ({number})"


def count(number: int) -> SafeString:
    """A number on a dark ground, beside the words it counts."""
    return element("span", number, class_="os-count")
