"""Which authority stands for a code on a given day.

Codes change when authorities are merged, split or recoded. Old files and old records keep the code of their time, so
every reader asks for the code *on a day* instead of rewriting what was stored.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Takeover:
    """From `on`, the successor stands for all or part of the predecessor."""

    predecessor: str
    successor: str
    on: dt.date


def codes_on(code: str, day: dt.date, takeovers: Iterable[Takeover]) -> tuple[str, ...]:
    """The codes in force on the day for the area of `code`, sorted.

    Several when the area was split since, or when the day lies before a merger: a code alone cannot then say which, an
    address can. `code` itself when nothing took over; whether it was in force that day is for the register to say.
    """
    known = tuple(takeovers)
    later = {code}
    while moves := [(t.predecessor, t.successor) for t in known if t.predecessor in later and t.on <= day]:
        later = (later - {old for old, _ in moves}) | {new for _, new in moves}
    while moves := [(t.successor, t.predecessor) for t in known if t.successor in later and day < t.on]:
        later = (later - {new for new, _ in moves}) | {old for _, old in moves}
    return tuple(sorted(later))
