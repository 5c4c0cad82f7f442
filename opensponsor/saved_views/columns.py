"""The columns of lists: one registry for pages, saved views and exports."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils.functional import Promise

from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import may_see
from opensponsor.core.keyset import EARLIEST, LATEST, Order
from opensponsor.identity.permissions import Permission


class Shape(Enum):
    """What kind of value a column has, from which a page and a spreadsheet make their cells."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    STATUS = "STATUS"
    YES_NO = "YES_NO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: an attribute of the list's rows, the field it comes from, and how it is sorted.

    `sort` is the path of that field from the row of the list. `is_wide` columns are for readers of several
    organisations, those with a `permission` for who holds it. A date that is sorted by the moment it was stored as
    `is_moment`. A column that `leads_to` another record names its kind and the attribute with the id of its case.
    """

    key: str
    label: str | Promise
    source: tuple[type[models.Model], str]
    shape: Shape = Shape.TEXT
    sort: str = ""
    choices: type[models.TextChoices] | None = None
    is_default: bool = True
    is_wide: bool = False
    may_be_missing: bool = False
    is_moment: bool = False
    permission: Permission | None = None
    leads_to: tuple[CaseKind, str] | None = None

    def is_for(self, actor: Actor) -> bool:
        """Whether the actor may see the field (ORG-030) and reads widely enough for the column to say anything."""
        may = self.permission is None or actor.may(self.permission)
        return may and may_see(actor, *self.source) and (reads_several(actor) or not self.is_wide)

    def order(self, *, is_descending: bool) -> Order:
        """The list sorted by this column. Missing dates come last either way."""
        last: dt.date = dt.date.min if is_descending else dt.date.max
        if self.is_moment:
            last = EARLIEST if is_descending else LATEST
        return Order(self.sort, is_descending, last if self.may_be_missing else None)

    def value(self, row: object) -> Any:
        """The plain value of the row: a text, a date, a number, a truth value, or None."""
        return attrgetter(self.key)(row)


def reads_several(actor: Actor) -> bool:
    """Whether the actor reads the records of more organisations than one."""
    return bool(actor.reads.realms) or len(actor.reads.organisation_ids) > 1
