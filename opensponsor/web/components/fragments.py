"""Parts of pages that are the same for many readers, made once by each process and kept.

Nothing personal stands in them: whatever changes what a part says is in its key.
"""

from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 300
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
