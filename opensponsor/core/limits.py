"""How often something may be tried: counters in PostgreSQL that all workers share, outside the request's transaction.

A window starts with the first try and ends a fixed time later, whatever happens meanwhile, so that nobody stays
locked out longer than one window. One statement counts and answers, so that tries at the same instant are all
counted.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import connections
from django.utils.crypto import salted_hmac

from opensponsor.core import clock

_TAKE = """
INSERT INTO core_limit AS kept (key, tries, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
  tries = CASE WHEN kept.ends_at <= %(now)s THEN 1 ELSE kept.tries + 1 END,
  ends_at = CASE WHEN kept.ends_at <= %(now)s THEN excluded.ends_at ELSE kept.ends_at END
RETURNING tries
"""
_GIVE_BACK = "UPDATE core_limit SET tries = tries - 1 WHERE key = %s AND tries > 0"
_SWEEP = "DELETE FROM core_limit WHERE ends_at <= %s"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `allowed` tries in `seconds`, counted apart for each subject. `name` is unique among limits."""

    name: str
    allowed: int
    seconds: int

    def take(self, *subject: object) -> int:
        """Count a try and return its number within the window; it may go on while that is at most `allowed`."""
        now = clock.now()
        values: dict[str, str | dt.datetime] = {
            "key": self.key(*subject),
            "now": now,
            "ends_at": now + dt.timedelta(seconds=self.seconds),
        }
        with connections["outside"].cursor() as cursor:
            cursor.execute(_TAKE, values)
            return int(cursor.fetchone()[0])

    def allows(self, *subject: object) -> bool:
        """Count a try and say whether it may go on."""
        return self.take(*subject) <= self.allowed

    def give_back(self, *subject: object) -> None:
        """Uncount a try that turned out to be no misuse."""
        with connections["outside"].cursor() as cursor:
            cursor.execute(_GIVE_BACK, [self.key(*subject)])

    def key(self, *subject: object) -> str:
        """What the counter is kept under: a keyed hash, because subjects are e-mail and network addresses."""
        return f"{self.name}:{salted_hmac('core.limits', repr(subject), algorithm='sha256').hexdigest()[:40]}"


def sweep() -> None:
    """Forget the windows that have ended."""
    with connections["outside"].cursor() as cursor:
        cursor.execute(_SWEEP, [clock.now()])
