"""Lines of a summary list, without what the reader may not see."""

from collections.abc import Iterable
from typing import Any

from opensponsor.core.hiding import HIDDEN
from opensponsor.reference.rules.postcodes import display
from opensponsor.web.components.shapes import SummaryRow


def visible(rows: Iterable[SummaryRow]) -> list[SummaryRow]:
    """The rows whose value the reader may see: a hidden field is absent, not blank (ORG-030)."""
    return [row for row in rows if row.value is not HIDDEN]


def spaced(postcode: Any) -> Any:
    """A stored postcode as people write it; hidden stays hidden and nothing stays nothing."""
    return display(postcode) if isinstance(postcode, str) and postcode else postcode


def label_of(choices: Any, code: Any) -> Any:
    """The words of a code; hidden stays hidden and nothing stays nothing."""
    return choices(code).label if code else code
