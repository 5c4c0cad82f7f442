"""The only reader of the clock. Rules never call it: they get `today` passed in."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """The date in London, which is the date of every period, deadline and claim."""
    return timezone.localdate()
