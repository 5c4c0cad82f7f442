"""What every record of ours has."""

from typing import ClassVar

from django.db import models

from opensponsor.core.ids import new_id
from opensponsor.core.privacy import DataClass


class Record(models.Model):
    """A record with a UUID, its creation and last change, and the version that guards against lost updates."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    field_classes: ClassVar[dict[str, DataClass]] = {}
    record_classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.OPERATIONAL,
        "created_at": DataClass.OPERATIONAL,
        "updated_at": DataClass.OPERATIONAL,
        "version": DataClass.OPERATIONAL,
    }

    class Meta:
        abstract = True


def data_class_of(model: type[models.Model], field_name: str) -> DataClass:
    """The data class of a field of one of our models. Raises KeyError when the model forgot to declare it."""
    declared: dict[str, DataClass] = getattr(model, "field_classes", {})
    inherited: dict[str, DataClass] = getattr(model, "record_classes", {})
    return (inherited | declared)[field_name]
