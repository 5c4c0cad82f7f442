"""The filters of lists. A filter is one part of the address; its value there is text, empty for no matter what."""

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opensponsor.core import clock, statements
from opensponsor.core.actor import Actor, Scope
from opensponsor.core.hiding import may_see
from opensponsor.identity import queries as identity
from opensponsor.people.rules.ages import last_adult_birthday
from opensponsor.saved_views.columns import reads_several

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(ABC):
    """What every filter has: the path of a field from the case, and the model's own field.

    `default` is the value where the address does not mention the filter.
    """

    key: str
    label: str | Promise
    path: str
    source: tuple[type[models.Model], str]
    default: str = ""

    def is_for(self, actor: Actor) -> bool:
        """Whether the actor may see the field: what is hidden must not be found out by filtering (ORG-030)."""
        return may_see(actor, *self.source)

    def options(self, actor: Actor) -> Options:
        """The values to choose from with their labels, in the language of the page; none where a value is typed."""
        return []

    @abstractmethod
    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        """The rows that fit the value; all of them where the value means nothing."""

    def words(self, value: str, options: Options) -> str:
        """The value as the reader knows it."""
        return dict(options).get(value, "")


class Choice(Filter):
    """One of a code list."""

    __slots__ = ()

    def options(self, actor: Actor) -> Options:
        return list(_labels(*self.source, get_language()))

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        return rows.filter(**{self.path: value}) if value in dict(self.options(actor)) else rows


@cache
def _labels(model: type[models.Model], name: str, language: str | None) -> tuple[tuple[str, str], ...]:
    """The codes of a field with their labels; a page asks several times."""
    field = cast("models.Field[Any, Any]", model._meta.get_field(name))
    return tuple((str(code), str(label)) for code, label in field.flatchoices)


class YesNo(Filter):
    """A field that is true or false, or, with a path that ends in `__isnull`, there or missing."""

    __slots__ = ()

    def options(self, actor: Actor) -> Options:
        return [("yes", _("Yes")), ("no", _("No"))]

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        if value not in {"yes", "no"}:
            return rows
        return rows.filter(**{self.path: (value == "yes") != self.path.endswith("__isnull")})


class UnderAge(YesNo):
    """Whether a date of birth makes somebody a child today."""

    __slots__ = ()

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        last = last_adult_birthday(clock.today())
        wanted = {"yes": Q(**{f"{self.path}__gt": last}), "no": Q(**{f"{self.path}__lte": last})}
        return rows.filter(wanted[value]) if value in wanted else rows


class Assignee(Filter):
    """Who works on the case: the reader, or nobody yet."""

    __slots__ = ()

    def options(self, actor: Actor) -> Options:
        return [("me", _("Me")), ("nobody", _("Nobody"))]

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        wanted = {"me": Q(**{self.path: actor.user_id}), "nobody": Q(**{f"{self.path}__isnull": True})}
        return rows.filter(wanted[value]) if value in wanted else rows


class Council(Filter):
    """Whose record it is, for readers of several organisations."""

    __slots__ = ()

    def is_for(self, actor: Actor) -> bool:
        return reads_several(actor)

    def options(self, actor: Actor) -> Options:
        is_welsh = get_language() == "cy"
        return [(key, (is_welsh and welsh) or english) for key, english, welsh in self.register(actor)]

    def register(self, actor: Actor) -> tuple[tuple[str, str, str], ...]:
        """The organisations within the actor's reach: what stands for each, its English name, its Welsh one if any."""
        return tuple((str(key), *names) for key, *names in statements.run(_register, actor.reads))

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        is_id = value.isascii() and value.isdecimal() and len(value) < 10
        return rows.filter(**{self.path: int(value)}) if is_id else rows


def _register(scope: Scope) -> QuerySet[Any, tuple[int, str, str]]:
    within = Q(realm__in=scope.realms) if scope.realms else Q(pk__in=scope.organisation_ids)
    return identity.organisations().filter(within).values_list("pk", "name_en", "name_cy")


class Day(Filter):
    """A limit on a date; the path ends in `__gte` or `__lte`. In the address it is written 2026-05-04."""

    __slots__ = ()

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        day = day_of(value)
        return rows.filter(**{self.path: day}) if day else rows

    def words(self, value: str, options: Options) -> str:
        day = day_of(value)
        return str(formats.date_format(day, "j F Y")) if day else ""


def day_of(value: str) -> dt.date | None:
    """The date that a text such as 2026-05-04 means, or None."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
