"""Reading the environment.

Every variable of ours starts with OPENSPONSOR_; the two database addresses have their usual names.
"""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

PREFIX = "OPENSPONSOR_"
# Known to everybody who reads this file, therefore refused in a live system.
DEMO_SECRET = "demo-secret-known-to-everybody"  # noqa: S105


def text(name: str, default: str = "") -> str:
    """The variable OPENSPONSOR_<name>."""
    return os.environ.get(PREFIX + name, default)


def number(name: str, default: int) -> int:
    """The variable as a whole number. Raises ImproperlyConfigured when it is none."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{PREFIX}{name} must be a whole number, not {value!r}") from error


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, *, live: bool) -> str:
    """The secret OPENSPONSOR_<name>, or the content of the file that OPENSPONSOR_<name>_FILE names.

    Raises ImproperlyConfigured in a live system when it is absent, short or the one of the demo.
    """
    path = text(name + "_FILE")
    if path:
        with open(path, encoding="utf-8") as file:
            value = file.read().strip()
    else:
        value = text(name, DEMO_SECRET)
    if live and (value == DEMO_SECRET or len(value) < 32):
        raise ImproperlyConfigured(
            f"{PREFIX}{name} must be set to a secret of at least 32 characters of your own in a live system"
        )
    return value


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address; a Unix socket is given as `?host=/folder`."""
    parts = conninfo_to_dict(url)
    options: dict[str, Any] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}} if pooled else {}
    if "sslmode" in parts:
        options["sslmode"] = parts["sslmode"]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
        # After a restart of the server no request meets a dead connection.
        "CONN_HEALTH_CHECKS": True,
        # A pooler between us and the server hands connections to others between transactions.
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
