"""Forgetting what signing in left behind and no longer needs."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connections

from opensponsor.core import clock, limits
from opensponsor.identity.services import drafts

# Django looks at the age of an entry only when somebody reads it.
_CACHE = "DELETE FROM core_cache WHERE expires <= %s"


def sweep() -> None:
    """Drop drafts of twelve hours, sessions and cached marks that ran out, and counters of windows that ended."""
    now = clock.now()
    drafts.purge()
    limits.sweep()
    with connections["outside"].cursor() as cursor:
        cursor.execute(_CACHE, [now])
    Session.objects.filter(expire_date__lte=now).delete()
    alive = set(Session.objects.values_list("session_key", flat=True))
    UserSession.objects.exclude(session_key__in=alive).delete()
