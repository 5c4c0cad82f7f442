"""When an account is warned and suspended because nothing spoke for it.

Two clocks run over every account: the days since its holder was last here (ORG-023), and the days since somebody else
of the organisation confirmed that they still need access. Both warn first and then suspend.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What is to be done about an account today."""

    NONE = "NONE"
    WARN = "WARN"
    SUSPEND = "SUSPEND"


class Reason(StrEnum):
    """Which clock ran."""

    NOT_SEEN = "NOT_SEEN"
    NOT_ATTESTED = "NOT_ATTESTED"


# The rule that a verdict points at; attestation is our own addition to it.
RULES = {Reason.NOT_SEEN: "ORG-023", Reason.NOT_ATTESTED: "ORG-023"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Whole days after which an account is warned, and suspended.

    Raises ValueError when it would be suspended before, or on, the day of the warning.
    """

    warn_after: int
    suspend_after: int

    def __post_init__(self) -> None:
        if not 0 < self.warn_after < self.suspend_after:
            raise ValueError("the warning comes before the suspension")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done, why, by which rule, and the day on which the account is suspended if nothing happens."""

    step: Step
    reason: Reason
    rule: str
    days: int
    suspends_on: dt.date


def review(
    *, since: dt.date, warned_on: dt.date | None, today: dt.date, limits: Limits, reason: Reason = Reason.NOT_SEEN
) -> Verdict:
    """Judge one clock of one account.

    `since` is the last day that spoke for the account. It is warned once per idle time: a warning older than `since`
    is spent. An account that nobody warned, because the job did not run, is suspended on its day all the same.
    """
    days = (today - since).days
    step = Step.NONE
    if days >= limits.suspend_after:
        step = Step.SUSPEND
    elif days >= limits.warn_after and (warned_on is None or warned_on <= since):
        step = Step.WARN
    return Verdict(step, reason, RULES[reason], days, since + dt.timedelta(days=limits.suspend_after))


def last_sign(*days: dt.date | None) -> dt.date:
    """The latest of the days that speak for an account. Raises ValueError when none is known."""
    return max(day for day in days if day is not None)
