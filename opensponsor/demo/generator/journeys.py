"""How far an application is: statuses in the proportions of the real scheme, with dates that fit each other."""

import datetime as dt
import random
from dataclasses import dataclass, replace

from opensponsor.demo.generator.chances import running, weighted

SCHEME_BEGAN = dt.date(2022, 3, 18)
# The Home Office drops applications that nothing came of after this many days.
_LAPSES_AFTER = 241
_OUTCOMES = ("granted", "withdrawn", "lapsed", "pending", "refused", "missing", "minor")
_OUTCOME_ENDS = running([84, 7, 4, 2, 1.6, 0.7, 0.7])


@dataclass(frozen=True, slots=True)
class Journey:
    """One application on the day of the file; `status` is a word of the feed."""

    status: str
    submitted: dt.datetime
    event: dt.datetime
    decided: dt.datetime | None = None
    arrives: dt.date | None = None
    arrived: dt.datetime | None = None


def journey(chance: random.Random, day: dt.date) -> Journey:
    """What became of an application up to and including the day: half of them were made within a year or so."""
    longest = max(30, (day - SCHEME_BEGAN).days)
    age = chance.randint(1, min(420, longest)) if chance.random() < 0.45 else chance.randint(1, longest)
    submitted = moment(chance, day - dt.timedelta(days=age))
    outcome = weighted(chance, _OUTCOMES, _OUTCOME_ENDS)
    decided = submitted + dt.timedelta(days=chance.randint(3, 45))
    if outcome in {"pending", "missing", "minor"} or decided.date() > day:
        return _undecided(chance, outcome, submitted)
    if outcome == "granted":
        return _granted(chance, submitted, decided, day)
    if outcome == "lapsed" and age > _LAPSES_AFTER:
        return Journey("Lapsed", submitted, submitted + dt.timedelta(days=_LAPSES_AFTER))
    return Journey("Refused" if outcome == "refused" else "Withdrawn", submitted, decided, decided)


def submitted_on(chance: random.Random, day: dt.date) -> Journey:
    """An application that was made on that day."""
    submitted = moment(chance, day)
    return Journey("Pending", submitted, submitted)


def moved_on(chance: random.Random, before: Journey, day: dt.date) -> Journey:
    """The application after something happened to it on the day, which is a later one."""
    now = moment(chance, day)
    match before.status:
        case "Issued":
            return replace(before, status="Arrived", event=now, arrives=day, arrived=now)
        case "Arrived":
            # Recorded by mistake, and taken back.
            return replace(before, status="Issued", event=now, arrived=None)
        case "Withdrawn" | "Refused" | "Lapsed":
            return replace(before, status="Pending", event=now, decided=None)
        case _:
            return replace(before, status="Issued", event=now, decided=now, arrives=day + dt.timedelta(days=30))


def moment(chance: random.Random, day: dt.date) -> dt.datetime:
    """A time of that day at which people work."""
    return dt.datetime(day.year, day.month, day.day, chance.randint(7, 20), chance.randint(0, 59), tzinfo=dt.UTC)


def _undecided(chance: random.Random, outcome: str, submitted: dt.datetime) -> Journey:
    statuses = {"missing": "Missing Application", "minor": "Flow Visa Pending"}
    status = statuses.get(outcome) or ("Confirmed" if chance.random() < 0.15 else "Pending")
    return Journey(status, submitted, submitted)


def _granted(chance: random.Random, submitted: dt.datetime, decided: dt.datetime, day: dt.date) -> Journey:
    arrives = decided.date() + dt.timedelta(days=chance.randint(4, 90))
    if arrives > day or chance.random() < 0.09:
        # Some never came; of the others a few have not said when they will.
        return Journey("Issued", submitted, decided, decided, arrives if chance.random() < 0.8 else None)
    arrived = moment(chance, arrives)
    return Journey("Arrived", submitted, arrived, decided, arrives, arrived)
