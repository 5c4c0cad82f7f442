"""Saving a record that somebody may have changed meanwhile."""

from typing import Any

from opensponsor.core.clock import now
from opensponsor.core.models import Record
from opensponsor.core.refusals import Conflict


def save_changes(record: Record, *, expected_version: int, **changes: Any) -> None:
    """Set the fields and raise the version, if the stored version is still the expected one.

    One UPDATE with the version in its condition, so that of two editors exactly one wins. Raises Conflict for the other.
    """
    model = type(record)
    saved = model._default_manager.filter(pk=record.pk, version=expected_version).update(
        **changes, version=expected_version + 1, updated_at=now()
    )
    if not saved:
        raise Conflict
    for name, value in changes.items():
        setattr(record, name, value)
    record.version = expected_version + 1
