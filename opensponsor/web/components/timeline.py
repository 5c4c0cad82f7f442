"""What happened, entry by entry. Put together in Python, as tables are: a template per entry costs too much."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.web.components.cells import day_and_time
from opensponsor.web.components.markup import attributes, element, escaped, hidden, trusted
from opensponsor.web.components.shapes import Entry


def timeline(entries: Iterable[Entry], empty: Any = "", heading_level: int = 3) -> SafeString:
    """What happened, newest first as given."""
    by, heading, zone = escaped(_("by")), f"h{heading_level:d}", timezone.get_current_timezone()
    lines = "".join(_entry(entry, by, heading, zone) for entry in entries)
    if not lines:
        return element("p", empty or _("Nothing has happened yet."), class_="govuk-body")
    return trusted(f'<div class="moj-timeline">{lines}</div>')


def _entry(entry: Entry, by: str, heading: str, zone: dt.tzinfo) -> str:
    at = entry.at.astimezone(zone) if entry.at.tzinfo else entry.at
    day = day_and_time(at)
    team = f", {escaped(entry.team)}" if entry.team else ""
    author = f'<p class="moj-timeline__byline">{by} {escaped(entry.author)}{team}</p>' if entry.author else ""
    kind = f" · {escaped(entry.kind)}" if entry.kind else ""
    text = f'<div class="moj-timeline__description">{escaped(entry.text)}</div>' if entry.text else ""
    return (
        f'<div class="moj-timeline__item"><div class="moj-timeline__header">'
        f'<{heading} class="moj-timeline__title">{escaped(entry.title)}</{heading}> {author}</div>'
        f'<p class="moj-timeline__date"><time datetime="{at.isoformat(timespec="minutes")}">{escaped(day)}</time>'
        f"{kind}</p>{text}{_links(entry, day) if entry.links else ''}</div>"
    )


def _links(entry: Entry, day: str) -> SafeString:
    about = hidden(trusted(f"{escaped(entry.title)}, {escaped(day)}"))
    links = "".join(
        f'<li><a{attributes({"href": link.url})} class="govuk-link">{escaped(link.label)}{about}</a></li>'
        for link in entry.links
    )
    return trusted(f'<ul class="os-choices">{links}</ul>')
