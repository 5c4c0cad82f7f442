"""Browsers that are signed in already: the rows of their sessions are made directly, because the matrix needs many."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from opensponsor.identity.models import User
from opensponsor.web.account import session as account_session


def browser_of(user: User | None, *, is_halfway: bool = False) -> Client:
    """A browser of this user, who has come all the way or given the password only; of nobody without a user."""
    browser = Client(raise_request_exception=False)
    if user is None:
        return browser
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    account_session.begin(session)
    if not is_halfway:
        account_session.prove(session)
        account_session.affirm(session)
        # Before something sensitive a factor is asked for again after five minutes. The matrix takes longer.
        session[account_session.FACTOR_AT] += 24 * 60 * 60
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return browser
