"""Gathering what pages say: every sentence of code and templates into the Welsh catalogue.

`python -m opensponsor.ops.messages` brings the catalogue to the sources: new sentences are added without a translation,
those nobody says any more are dropped. No GNU gettext is needed: Django turns a template into lines that Babel's own
reader of Python understands.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
WELSH = PACKAGE / "locale" / "cy" / "LC_MESSAGES" / "django.po"
DRAFT = "machine draft, needs a translator"
# The date in the file's header; a date of today would change the file at every run.
_SINCE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
FUNCTIONS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources(package: Path = PACKAGE) -> Iterator[Path]:
    """The files whose sentences people read."""
    yield from sorted(package.rglob("*.py"))
    yield from sorted(
        file for file in package.rglob("*") if file.suffix in {".html", ".txt"} and "templates" in file.parts
    )


def gather(package: Path = PACKAGE) -> Catalog:
    """Every sentence of the sources, without translations."""
    catalogue = Catalog(locale="cy")
    for file in sources(package):
        text = file.read_text(encoding="utf-8")
        readable = text if file.suffix == ".py" else templatize(text, origin=str(file))
        for _line, message, _comments, context in extract("python", BytesIO(readable.encode()), keywords=FUNCTIONS):
            flags = ["python-brace-format"] if file.suffix == ".py" and "{" in str(message) else []
            catalogue.add(message, context=context, flags=flags)
    return catalogue


def current() -> Catalog:
    """The catalogue as it is."""
    with WELSH.open("rb") as file:
        return read_po(file, locale="cy")


def update() -> int:
    """Bring the catalogue to the sources and return how many sentences have no translation."""
    catalogue = current() if WELSH.exists() else Catalog(locale="cy")
    catalogue.update(gather(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = f"# Welsh of OpenSponsor. Entries marked '{DRAFT}' were not written by a translator."
    catalogue.project, catalogue.version = "OpenSponsor", "1"
    catalogue.creation_date = catalogue.revision_date = _SINCE
    WELSH.parent.mkdir(parents=True, exist_ok=True)
    with WELSH.open("wb") as file:
        write_po(file, catalogue, width=120, no_location=True, sort_output=True, omit_header=False)
    return sum(not is_translated(message.string) for message in catalogue if message.id)


def is_translated(string: str | list[str] | tuple[str, ...] | None) -> bool:
    """Whether every form of the sentence is there."""
    return bool(string) if isinstance(string, str) else all(string or [""])


if __name__ == "__main__":
    missing = update()
    print(f"{missing} sentences have no Welsh yet." if missing else "Every sentence has Welsh.")
    sys.exit(0)
