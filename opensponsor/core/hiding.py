"""Leaving out what the reader may not see: a hidden field is neither shown nor exported (ORG-030)."""

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final

from django.db import models

from opensponsor.core.actor import Actor
from opensponsor.core.models import data_class_of
from opensponsor.core.refusals import NotVisible


class Hidden(Enum):
    """Stands where a value would be. Empty as text and false, so that a page that forgets to ask shows nothing."""

    HIDDEN = "HIDDEN"

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""


HIDDEN: Final = Hidden.HIDDEN


def may_see(actor: Actor, model: type[models.Model], *fields: str) -> bool:
    """Whether the actor may see every one of these fields of the model."""
    return all(data_class_of(model, field) in actor.data_classes for field in fields)


def check_may_see(actor: Actor, model: type[models.Model], *fields: str) -> None:
    """Nobody writes what they may not see: for them the field does not exist. Raises NotVisible."""
    if not may_see(actor, model, *fields):
        raise NotVisible


def fed_values(actor: Actor, row: models.Model, fields: Iterable[str]) -> dict[str, str]:
    """What a feed last said of these fields of the row, as text, each under the class of the field itself.

    The row keeps it in `fed` by field; a field that the feed never spoke of is not there.
    """
    said: dict[str, Any] = row.fed  # type: ignore[attr-defined]
    return {field: str(said[field] or "") for field in fields if field in said and may_see(actor, type(row), field)}


def shown(actor: Actor, row: models.Model, field: str) -> Any:
    """The value of the field of this row, or HIDDEN where its class of data is not for this actor."""
    return getattr(row, field) if may_see(actor, type(row), field) else HIDDEN
