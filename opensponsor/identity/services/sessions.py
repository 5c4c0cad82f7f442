"""Ending somebody's sessions from outside."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def end_sessions(user_id: int) -> int:
    """Sign the user out everywhere. Returns how many sessions ended."""
    listed = UserSession.objects.filter(user_id=user_id)
    ended, _rows = Session.objects.filter(session_key__in=list(listed.values_list("session_key", flat=True))).delete()
    listed.delete()
    return ended
