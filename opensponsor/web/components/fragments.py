"""Parts of pages that are the same for many readers, made once by each process and kept.

Nothing personal stands in them: whatever changes what a part says is in its key.
"""

import re
from collections.abc import Callable, Hashable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from opensponsor.web.components.markup import escaped, trusted

MOST = 300
_MARK = re.compile("@@([a-z_]+)@@")
_KEPT: dict[Hashable, SafeString] = {}


def kept(key: Hashable, make: Callable[[], SafeString]) -> SafeString:
    """The part of this key in the language of the page; made where it is not there yet."""
    whole = (get_language(), key)
    found = _KEPT.get(whole)
    if found is None:
        found = make()
        if len(_KEPT) >= MOST:
            _KEPT.clear()
        _KEPT[whole] = found
    return found


def mark(name: str) -> str:
    """What stands in a part that is kept where each page has a value of its own."""
    return f"@@{name}@@"


def filled(key: Hashable, make: Callable[[], SafeString], **values: Any) -> SafeString:
    """The part of this key with the values of this page, escaped, in the places of their marks.

    In one pass, so that a mark which somebody typed stays text.
    """
    texts = {name: escaped(str(value)) for name, value in values.items()}
    return trusted(_MARK.sub(lambda found: texts[found[1]], kept(key, make)))
