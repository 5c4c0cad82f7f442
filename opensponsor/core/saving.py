"""Saving a record that somebody may have changed meanwhile."""

from typing import Any, Protocol

from opensponsor.core.clock import now
from opensponsor.core.refusals import Conflict


class Versioned(Protocol):
    """A record, or any other model with a version and the time of its last change."""

    pk: Any
    version: int
    updated_at: Any


def save_changes(record: Versioned, *, expected_version: int, **changes: Any) -> None:
    """Set the fields and raise the version, if the stored version is still the expected one.

    One UPDATE with the version in its condition, so that of two editors exactly one wins; Conflict for the other.
    """
    model: Any = type(record)
    saved = model._default_manager.filter(pk=record.pk, version=expected_version).update(
        **changes, version=expected_version + 1, updated_at=now()
    )
    if not saved:
        raise Conflict
    for name, value in changes.items():
        setattr(record, name, value)
    record.version = expected_version + 1
