"""Text with commas, harmless to whatever program opens it."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

# A spreadsheet runs a cell that begins like this as a formula; the wide forms are read as the narrow ones.
DANGEROUS_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")


def harmless(value: Any) -> Any:
    """The value, a text that a spreadsheet would run with an apostrophe before it and without NUL."""
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, dt.date) else value
    if value[:1].isalnum() and "\0" not in value:
        return value
    text = value.replace("\0", "")
    return f"'{text}" if value[:1] in DANGEROUS_STARTS or text.lstrip()[:1] in DANGEROUS_STARTS else text


def write(headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    """The file: UTF-8 with a mark that tells Excel so, every text in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(one) for one in headings])
    writer.writerows([harmless(one) for one in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")
