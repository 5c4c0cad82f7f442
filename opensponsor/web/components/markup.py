"""The only place that declares text to be safe HTML.

Everything that comes in is escaped unless it was made here. Cells of long lists come from Python and not from
templates, because finished text is several times faster than a template per cell; a test sends hostile text through
every function that uses this module.
"""

from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
URL_ATTRIBUTES = frozenset({"action", "formaction", "href", "src"})
SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


def escaped(value: Any) -> str:
    """The value as HTML text: itself if it was made here, escaped otherwise; nothing for None."""
    if value is None:
        return ""
    html = getattr(value, "__html__", None)
    return str(html()) if html else escape(str(value))


def safe_url(url: Any) -> str:
    """The address if it is one a page may point to, otherwise `#`.

    A stored `javascript:` address must never become a link.
    """
    text = str(url).strip()
    return text if text.startswith("/") or urlsplit(text).scheme.lower() in SCHEMES else "#"


def attributes(values: dict[str, Any]) -> str:
    """Attributes with a space before each.

    True stands alone, None and False are left out, `class_` and `aria_label` read as HTML does.
    """
    parts = []
    for key, value in values.items():
        if value is None or value is False:
            continue
        name = key.rstrip("_").replace("_", "-")
        if value is True:
            parts.append(f" {name}")
            continue
        text = safe_url(value) if name in URL_ATTRIBUTES else str(value)
        parts.append(f' {name}="{escape(text)}"')
    return "".join(parts)


def element(tag: str, /, *children: Any, **values: Any) -> SafeString:
    """One element with its children; `tag` is written by us, never taken from data."""
    start = f"<{tag}{attributes(values)}>"
    return SafeString(start if tag in VOID else f"{start}{''.join(map(escaped, children))}</{tag}>")


def joined(parts: Iterable[Any], between: str = "") -> SafeString:
    """Parts one after another, each escaped unless made here."""
    return SafeString(escape(between).join(map(escaped, parts)))


def hidden(text: Any) -> SafeString:
    """Words for screen readers only, with the space that parts them from the words before."""
    return element("span", " ", text, class_="govuk-visually-hidden")


def trusted(html: str) -> SafeString:
    """HTML that this package put together itself from escaped parts."""
    return SafeString(html)
