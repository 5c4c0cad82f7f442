"""Text as it is stored."""

from collections.abc import Mapping
from typing import Any


def trimmed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, texts without the spaces around them."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
