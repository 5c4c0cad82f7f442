"""Reading the published postcode directory: one large CSV, alone or inside a zip file with its documentation."""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from opensponsor.core.refusals import Refused
from opensponsor.reference.rules.postcode_file import Columns, find_columns
from opensponsor.reference.rules.postcodes import normalise


class Directory:
    """The rows of an open directory, counted while they are read."""

    def __init__(self, file: TextIO, columns: Columns) -> None:
        self._lines = csv.reader(file)
        self._columns = columns
        self.read = 0
        self.malformed = 0
        self.without_authority = 0

    @property
    def usable(self) -> int:
        """Rows read so far that have a postcode and an authority."""
        return self.read - self.malformed - self.without_authority

    def rows(self) -> Iterator[tuple[str, str, str | None]]:
        """Postcode in its stored form, code of the lower-tier authority, code of the county or None."""
        columns = self._columns
        width = max(columns.postcode, columns.authority, columns.county or 0)
        for line in self._lines:
            self.read += 1
            postcode = normalise(line[columns.postcode]) if len(line) > width else None
            if postcode is None:
                self.malformed += 1
            elif not (authority := line[columns.authority].strip()):
                self.without_authority += 1
            else:
                yield postcode, authority, None if columns.county is None else line[columns.county].strip()


@contextmanager
def open_directory(path: Path) -> Iterator[Directory]:
    """Open the CSV at the path, or the largest CSV with the right columns of the zip file at the path.

    Raises Refused when there is none.
    """
    try:
        with _open_text(path) as (file, columns):
            yield Directory(file, columns)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise Refused(_("There is no file %(file)s that can be read.") % {"file": path}) from error
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as error:
        raise _not_a_directory(path) from error


@contextmanager
def _open_text(path: Path) -> Iterator[tuple[TextIO, Columns]]:
    if not zipfile.is_zipfile(path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file, _columns_or_refuse(file, path)
        return
    with zipfile.ZipFile(path) as archive:
        member = _largest_directory(archive)
        if member is None:
            raise _not_a_directory(path)
        with archive.open(member) as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
            yield file, _columns_or_refuse(file, path)


def _largest_directory(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    members = [member for member in archive.infolist() if member.filename.casefold().endswith(".csv")]
    for member in sorted(members, key=lambda member: member.file_size, reverse=True):
        with (
            archive.open(member) as raw,
            io.TextIOWrapper(raw, encoding="utf-8-sig", newline="", errors="replace") as file,
        ):
            if find_columns(_header(file)):
                return member
    return None


def _columns_or_refuse(file: TextIO, path: Path) -> Columns:
    columns = find_columns(_header(file))
    if columns is None:
        raise _not_a_directory(path)
    return columns


def _header(file: TextIO) -> list[str]:
    return next(csv.reader([file.readline()]), [])


def _not_a_directory(path: Path) -> Refused:
    return Refused(
        _(
            "%(file)s is not the postcode directory: a CSV file, or a zip file holding one, with a column of postcodes"
            " (such as pcds) and a column of local authority codes (such as oslaua or lad25cd). Nothing was loaded."
        )
        % {"file": path.name}
    )
