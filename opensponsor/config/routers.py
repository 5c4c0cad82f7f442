"""Which connection a statement takes."""

from typing import Any

from django.db.models import Model

# A one-time code stays used, and a session keeps its clock, when the request that touched them is rolled back.
_OUTSIDE = {"django_cache", "sessions"}


class OutsideRouter:
    """Sends the shared cache and the sessions to the connection without a transaction."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return "outside" if model._meta.app_label in _OUTSIDE else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        return "outside" if model._meta.app_label in _OUTSIDE else None

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool:
        """The connections are roles of one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner" and app_label != "django_cache"
