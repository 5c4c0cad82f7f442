"""What a feed says of a field beside what a council made of it (FEED-010)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from opensponsor.core.hiding import HIDDEN
from opensponsor.people.states import Sex
from opensponsor.reference.rules.postcodes import display
from opensponsor.web.components import cells, markup


class Fed(Protocol):
    """A record that a feed speaks of: what it last said by field, as far as the reader may see the field."""

    @property
    def fed(self) -> Mapping[str, str]: ...


def marked(label: Any, record: Fed, fields: Iterable[str]) -> Any:
    """The label, with a padlock where every field under it stands as the feed says it."""
    names = [name for name in fields if record.fed.get(name)]
    follows = bool(names) and all(_is_as_fed(record, name) for name in names)
    return cells.locked(label, _("(follows the visa application)")) if follows else label


def legend(records: Iterable[Fed]) -> Any:
    """What the padlock means beside a value that can be changed; nothing where no feed speaks of any of the records."""
    if not any(record.fed for record in records):
        return ""
    words = _("marks what follows the file it came from, until somebody changes it here.")
    return markup.joined((cells.padlock(_("The padlock")), words), " ")


def beside_feed(value: Any, record: Fed, fields: Iterable[str]) -> Any:
    """The council's value, with what the feed says below it where the two differ."""
    names = [name for name in fields if record.fed.get(name)]
    if value is HIDDEN or all(_is_as_fed(record, name) for name in names):
        return value
    said = " ".join(_in_words(name, record.fed[name]) for name in names)
    return cells.lines(cells.value(value), _("The visa application says: %(value)s") % {"value": said})


def _is_as_fed(record: Fed, name: str) -> bool:
    now = getattr(record, name)
    return (now.isoformat() if isinstance(now, dt.date) else str(now or "")) == record.fed[name]


def _in_words(name: str, said: str) -> str:
    if name == "birth_date":
        return cells.day(dt.date.fromisoformat(said))
    if name == "home_postcode":
        return display(said)
    return str(dict(Sex.choices).get(said, said)) if name == "sex" else said
