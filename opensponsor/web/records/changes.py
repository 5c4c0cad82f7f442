"""Changes of rows in words: which field, what it was, what it became, as far as the reader may see it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, TypeAlias

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from opensponsor.core.actor import Actor
from opensponsor.core.models import data_class_of
from opensponsor.identity.models import Organisation, User
from opensponsor.web.components import cells
from opensponsor.web.records.labels import FIELDS, TABLES, TECHNICAL

Field: TypeAlias = "models.Field[Any, Any]"


class Changed(Protocol):
    """A line of history about a row. `detail` maps columns to the old and the new value."""

    @property
    def code(self) -> str: ...
    @property
    def table(self) -> str: ...
    @property
    def row(self) -> str: ...
    @property
    def detail(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row."""

    label: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Names:
    """Names of users and organisations by id, for fields that hold one."""

    users: Mapping[int, str]
    organisations: Mapping[int, str]

    def of(self, field: Field, value: Any) -> str:
        """The name behind the number of a user or organisation; nothing for other records, whose ids say nothing."""
        names: dict[Any, Mapping[int, str]] = {User: self.users, Organisation: self.organisations}
        return names.get(field.related_model, {}).get(value, "") if isinstance(value, int) else ""


def names_in(lines: Iterable[Changed]) -> Names:
    """The names that these changes speak of: one query for users and one for organisations, if there are any."""
    wanted: dict[Any, set[int]] = {User: set(), Organisation: set()}
    for line in lines:
        fields = columns_of(line.table)
        for column, values in line.detail.items():
            related = getattr(fields.get(column), "related_model", None)
            if related in wanted:
                wanted[related] |= {value for value in values if isinstance(value, int)}
    users = User.objects.filter(pk__in=wanted[User]) if wanted[User] else ()
    bodies = Organisation.objects.filter(pk__in=wanted[Organisation]) if wanted[Organisation] else ()
    return Names({user.pk: user.full_name for user in users}, {body.pk: body.name for body in bodies})


def title_of(line: Changed, row_names: Mapping[str, str]) -> str:
    """What happened to which row, as in "Person changed: Olena Kovalenko"."""
    sentences = {
        "NEW": _("%(record)s added"),
        "INSERT": _("%(record)s added"),
        "UPDATE": _("%(record)s changed"),
        "DELETE": _("%(record)s deleted"),
    }
    sentence = sentences[line.code] % {"record": TABLES.get(line.table, line.table)}
    name = row_names.get(line.row, "")
    return f"{sentence}: {name}" if name else sentence


def fields_of(actor: Actor, line: Changed, names: Names) -> list[FieldChange]:
    """The changed fields whose class of data the actor may see, in the order of their labels."""
    fields = columns_of(line.table)
    return sorted(
        (
            FieldChange(str(FIELDS[field.name]), *(in_words(field, value, names) for value in values))
            for column, values in line.detail.items()
            if (field := fields.get(column)) is not None and _may_see(actor, field) and any(map(_says, values))
        ),
        key=lambda change: change.label,
    )


@cache
def columns_of(table: str) -> dict[str, Field]:
    """The fields of a table by the name of their column, without the technical ones."""
    model = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    if model is None or table not in TABLES:
        return {}
    return {str(field.column): field for field in model._meta.concrete_fields if field.name not in TECHNICAL}


def in_words(field: Field, value: Any, names: Names) -> Any:
    """A stored value as a reader knows it; an empty one as nothing."""
    if not _says(value):
        return ""
    if field.is_relation:
        return names.of(field, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return cells.value(value)
    if isinstance(field, models.DateTimeField):
        return cells.moment(dt.datetime.fromisoformat(value))
    return cells.day(dt.date.fromisoformat(value)) if isinstance(field, models.DateField) else str(value)


def _says(value: Any) -> bool:
    return value is not None and value != ""


def _may_see(actor: Actor, field: Field) -> bool:
    return data_class_of(field.model, field.name) in actor.data_classes
