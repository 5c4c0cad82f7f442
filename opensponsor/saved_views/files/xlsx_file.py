"""A spreadsheet: a cover, and one table with its headings in the first row. No cell is ever a formula."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from opensponsor.saved_views.files.contents import MARKING, Cover

# Written row by row to a temporary file, so that memory does not grow with the list.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTH = 22
_DAY = "dd/mm/yyyy"
_LONGEST = 32_767


def write(cover: Cover, headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    """The file as bytes."""
    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": _DAY})
        book.set_properties({"title": cover.title, "comments": MARKING})
        _write_cover(book.add_worksheet(_("Cover")), cover, bold)
        sheet = book.add_worksheet(_("Data"))
        sheet.set_header(f"&C{MARKING}")
        sheet.set_column(0, len(headings) - 1, _WIDTH)
        sheet.freeze_panes(1, 1)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, line in enumerate(lines, start=1):
            _write_line(sheet, number, line, day)
    return out.getvalue()


def _write_cover(sheet: Worksheet, cover: Cover, bold: Any) -> None:
    sheet.set_header(f"&C{MARKING}")
    sheet.set_column(0, 1, _WIDTH * 2)
    for number, (label, value) in enumerate(cover.lines()):
        sheet.write_string(number, 0, label, bold)
        sheet.write_string(number, 1, str(value))


def _write_line(sheet: Worksheet, number: int, line: Sequence[Any], day: Any) -> None:
    for column, value in enumerate(line):
        if isinstance(value, dt.date):
            sheet.write_datetime(number, column, value, day)
        elif isinstance(value, int | float):
            sheet.write_number(number, column, value)
        elif value:
            sheet.write_string(number, column, str(value)[:_LONGEST])
