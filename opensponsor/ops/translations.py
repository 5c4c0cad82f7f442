"""Message catalogues: the compiled file beside each `.po`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parents[1] / "locale"


def compile_changed(locales: Path = LOCALES) -> int:
    """Compile the catalogues that changed since they were compiled, and return how many. Doubtful entries stay out."""
    changed = [file for file in sorted(locales.glob("*/LC_MESSAGES/*.po")) if _is_stale(file)]
    for file in changed:
        with file.open("rb") as source:
            catalogue = read_po(source)
        new = file.with_suffix(".mo.new")
        with new.open("wb") as target:
            write_mo(target, catalogue, use_fuzzy=False)
        new.rename(file.with_suffix(".mo"))
    return len(changed)


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
