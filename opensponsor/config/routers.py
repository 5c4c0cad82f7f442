"""Which connection a statement takes."""

from typing import Any

from django.db.models import Model


class CacheRouter:
    """Sends the shared cache to the connection without a transaction: a used-up code stays used when the request is rolled back."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return "outside" if model._meta.app_label == "django_cache" else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        return "outside" if model._meta.app_label == "django_cache" else None

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool:
        """The connections are roles of one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner" and app_label != "django_cache"
