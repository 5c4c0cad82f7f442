"""Finished text for the cells of tables and the values of summary lists.

Called for every row of every list: no template, no `reverse()`, no lazy translation inside. Resolve labels once per
page.
"""

import datetime
from functools import lru_cache
from typing import Any

from django.utils import dateformat, timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opensponsor.web.components.markup import element, hidden, joined
from opensponsor.web.status_colours import colour_of


def link(url: str, label: Any, **values: Any) -> SafeString:
    """A link in running text or a cell."""
    return element("a", label, href=url, class_="govuk-link", **values)


def status_tag(code: str, label: Any) -> SafeString:
    """The tag of a status: its words, and the colour its code has in the one table of colours."""
    return element("strong", label, class_=f"govuk-tag govuk-tag--{colour_of(code)}")


def missing() -> SafeString:
    """What stands where nothing was recorded."""
    return element("span", _("Not recorded"), class_="os-missing")


def padlock(words: Any = "") -> SafeString:
    """The mark of what follows a feed (FEED-005): "locked", or other `words`, for screen readers."""
    body = "M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zm2 0h4V5a2 2 0 0 0-4 0z"
    picture = element("path", d=body, fill="currentColor")
    size = {"width": 14, "height": 14, "viewBox": "0 0 16 16"}
    return joined(
        (element("svg", picture, aria_hidden="true", focusable="false", **size), hidden(words or _("(locked)")))
    )


def locked(label: Any, words: Any = "") -> SafeString:
    """A label with the padlock behind it."""
    return joined((label, " ", padlock(words)))


def value(given: Any) -> Any:
    """The value itself, a date in words, or "Not recorded"."""
    if given is None or given == "":
        return missing()
    if isinstance(given, bool):
        return _("Yes") if given else _("No")
    if isinstance(given, datetime.datetime):
        return moment(given)
    return day(given) if isinstance(given, datetime.date) else given


def day(when: datetime.date | None) -> str:
    """A date as 7 March 2026."""
    return _day(when, get_language()) if when else ""


@lru_cache(maxsize=4_096)
def _day(when: datetime.date, language: str | None) -> str:
    return dateformat.format(when, "j F Y")


def short_day(when: datetime.date | None) -> str:
    """A date as 7 Mar 2026, for narrow columns."""
    return _short_day(when, get_language()) if when else ""


@lru_cache(maxsize=4_096)
def _short_day(when: datetime.date, language: str | None) -> str:
    """A list says the same few dates again and again."""
    return dateformat.format(when, "j M Y")


def moment(when: datetime.datetime | None) -> SafeString:
    """A date and time in the time of the reader's clock, readable by machines too."""
    if when is None:
        return joined(())
    here = timezone.localtime(when) if timezone.is_aware(when) else when
    return element("time", day_and_time(here), datetime=here.isoformat(timespec="minutes"))


def day_and_time(here: datetime.datetime) -> str:
    """A date and time as 7 March 2026, 14:05."""
    return f"{day(here.date())}, {here:%H:%M}"


def lines(*parts: Any) -> SafeString:
    """Several lines, such as an address; empty ones are left out."""
    kept = [part for part in parts if part]
    return joined(item for index, part in enumerate(kept) for item in ((element("br"), part) if index else (part,)))
