"""What is reported once per file."""

from collections.abc import Iterable

from opensponsor.feeds.codes import Notice


def notice(code: str, *, names: Iterable[str] = (), count: int = 0) -> str:
    """What is reported about a file, as `Staged.notices` holds it: the names that are kept, of `count` in all."""
    shown = list(names)
    more = f" (+{count - len(shown)})" if count > len(shown) else ""
    return f"{Notice(code).label} {', '.join(shown)}{more}"
