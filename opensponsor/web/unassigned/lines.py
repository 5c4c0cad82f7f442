"""What the queues of records without a council say of each, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opensponsor.visas.waiting import Queue, Waiting
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, Table, TableRow
from opensponsor.web.records.addresses import record_url
from opensponsor.web.records.rows import spaced


@dataclass(frozen=True, slots=True)
class Words:
    """How the pages speak of one queue."""

    url_name: str
    label: str | Promise
    about: str | Promise
    columns: tuple[str | Promise, ...]
    empty: str | Promise


WORDS: dict[Queue, Words] = {
    Queue.HOUSEHOLDS: Words(
        "unassigned:list",
        gettext_lazy("Households"),
        gettext_lazy(
            "The files named no council for these households that the platform knows. No council sees them until they "
            "are assigned. Their sponsors go with them."
        ),
        (
            gettext_lazy("Household"),
            gettext_lazy("Lead applicant"),
            gettext_lazy("Council in the file"),
            gettext_lazy("Proposed address"),
            gettext_lazy("Postcode"),
            gettext_lazy("Added"),
        ),
        gettext_lazy("Every household belongs to a council."),
    ),
    Queue.SPONSORS: Words(
        "unassigned:sponsors",
        gettext_lazy("Sponsors and hosts"),
        gettext_lazy(
            "Their homes lie in no council that the platform knows, and no household without a council names them. "
            "Their addresses and what they offer go with them."
        ),
        (
            gettext_lazy("Sponsor or host"),
            gettext_lazy("Name"),
            gettext_lazy("Address"),
            gettext_lazy("Postcode"),
            gettext_lazy("Added"),
        ),
        gettext_lazy("Every sponsor and host belongs to a council."),
    ),
    Queue.APPLICATIONS: Words(
        "unassigned:applications",
        gettext_lazy("Applications"),
        gettext_lazy(
            "Applications without a household yet. The council sees them at once, with the sponsor they name, and the "
            "household will be its own when the visa is issued. What was submitted together stays together."
        ),
        (
            gettext_lazy("Application"),
            gettext_lazy("Submitted together"),
            gettext_lazy("Council in the file"),
            gettext_lazy("Proposed address"),
            gettext_lazy("Postcode"),
            gettext_lazy("Added"),
        ),
        gettext_lazy("Every application belongs to a council."),
    ),
}


def table_of(queue: Queue, rows: Sequence[Waiting]) -> Table:
    """The queue, each row with a box to choose it by."""
    words = WORDS[queue]
    return Table(
        words.label,
        tuple(map(Column, words.columns)),
        [TableRow(_cells(queue, one), pick=f"{one.id}:{one.version}", pick_name=name_of(one)) for one in rows],
        empty=words.empty,
        pick="pick",
    )


def name_of(one: Waiting) -> str:
    """The record by reference and, where it has one, by name."""
    more = ngettext("and %(number)s more", "and %(number)s more", one.count - 1) % {"number": one.count - 1}
    return " ".join(filter(None, (one.reference, str(one.title), more if one.count > 1 else "")))


def place_of(one: Waiting) -> str:
    """What the file says of where it goes, on one line."""
    return "; ".join(filter(None, (one.named, str(one.address), str(spaced(one.postcode)))))


def _cells(queue: Queue, one: Waiting) -> tuple[Any, ...]:
    link = cells.link(_url(queue, one), one.reference)
    what = str(one.count) if queue == Queue.APPLICATIONS else one.title
    named = () if queue == Queue.SPONSORS else (one.named or _("None"),)
    return (link, what, *named, one.address, spaced(one.postcode), cells.short_day(one.came_on))


def _url(queue: Queue, one: Waiting) -> str:
    """A household has a page of its own here, the others their record."""
    if queue == Queue.HOUSEHOLDS:
        return reverse("unassigned:assign", args=[one.id])
    return record_url("SPONSOR", one.id) if queue == Queue.SPONSORS else reverse("applications:record", args=[one.id])
