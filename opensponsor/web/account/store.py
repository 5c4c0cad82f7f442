"""Where sessions are kept: Django's own store, which asks for a session on every page."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from opensponsor.core import clock, statements
from opensponsor.core.actor import Scope
from opensponsor.core.statements import Given


class SessionStore(db.SessionStore):
    """The same, with the statement kept that looks a session up."""

    def _get_session_from_db(self) -> Any:
        found = statements.run(_session, Scope(), key=self.session_key, now=clock.now())
        if not found:
            self._session_key = None
        return next(iter(found), None)


def _session(scope: Scope) -> QuerySet[Session]:
    """A session that has not run out, by its key."""
    return Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now"))
