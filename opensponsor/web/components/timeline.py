"""What happened, entry by entry. Put together in Python, as tables are: a template per entry costs too much."""

from collections.abc import Iterable
from typing import Any

from django.utils import dateformat, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components.markup import element, hidden, joined
from opensponsor.web.components.shapes import Entry


def timeline(entries: Iterable[Entry], empty: Any = "", heading_level: int = 3) -> SafeString:
    """What happened, newest first as given."""
    by, heading = _("by"), f"h{heading_level:d}"
    lines = [_entry(entry, by, heading) for entry in entries]
    if not lines:
        return element("p", empty or _("Nothing has happened yet."), class_="govuk-body")
    return element("div", *lines, class_="moj-timeline")


def _entry(entry: Entry, by: str, heading: str) -> SafeString:
    at = timezone.localtime(entry.at) if timezone.is_aware(entry.at) else entry.at
    day = dateformat.format(at, "j F Y, H:i")
    title = element(heading, entry.title, class_="moj-timeline__title")
    author = joined((entry.author, entry.team), ", ") if entry.team else entry.author
    byline = element("p", f"{by} ", author, class_="moj-timeline__byline") if entry.author else ""
    when = element("time", day, datetime=at.isoformat(timespec="minutes"))
    return element(
        "div",
        element("div", title, " ", byline, class_="moj-timeline__header"),
        element("p", when, joined((" · ", entry.kind)) if entry.kind else "", class_="moj-timeline__date"),
        element("div", entry.text, class_="moj-timeline__description") if entry.text else "",
        _links(entry, day) if entry.links else "",
        class_="moj-timeline__item",
    )


def _links(entry: Entry, day: str) -> SafeString:
    about = hidden(joined((entry.title, day), ", "))
    links = (element("a", link.label, ":", about, href=link.url, class_="govuk-link") for link in entry.links)
    return element("ul", *(element("li", link) for link in links), class_="os-choices")
