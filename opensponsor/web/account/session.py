"""What a session knows about how far its user has come, and when it ends.

The gate asks this module on every request. A session that carries none of its marks ends at once: whatever put a user
into it did not come through the sign-in.
"""

from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from opensponsor.core import clock
from opensponsor.identity.models import User
from opensponsor.identity.services import sign_in
from opensponsor.web.account import drafts

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
FACTOR_AT = "second_factor_at"
STATEMENT_AT = "statement_at"
# The clock is written at most so often; the warning on the page counts this much less than the server.
WRITE_SECONDS = 60


class End(StrEnum):
    """Why a session is over."""

    IDLE = "IDLE"
    TOO_OLD = "TOO_OLD"
    ACCOUNT = "ACCOUNT"


def begin(session: SessionBase) -> None:
    """The first factor was given now."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = _now()


def prove(session: SessionBase) -> None:
    """The second factor was given now."""
    session[FACTOR_AT] = _now()


def affirm(session: SessionBase) -> None:
    """The data statement was accepted now, for this session (ORG-007)."""
    session[STATEMENT_AT] = _now()


def is_proven(session: SessionBase) -> bool:
    """Whether a second factor was given in this session (ORG-024)."""
    return FACTOR_AT in session


def reason_to_end(session: SessionBase, user: User) -> End | None:
    """Why the session must end now, if it must: 15 minutes without a page, 12 hours in all, or the account is
    closed."""
    now = _now()
    if not sign_in.may_sign_in(user):
        return End.ACCOUNT
    if now - session.get(SIGNED_IN_AT, 0) >= settings.SESSION_COOKIE_AGE:
        return End.TOO_OLD
    if now - session.get(SEEN_AT, 0) >= settings.IDLE_SECONDS:
        return End.IDLE
    return None


def next_step(session: SessionBase) -> str | None:
    """The address where the user must go before anything else opens, or None when they have come all the way."""
    if not is_proven(session):
        return reverse("second_factor")
    return None if STATEMENT_AT in session else reverse("statement")


def touch(session: SessionBase, *, at_once: bool = False) -> None:
    """Keep that the session is in use."""
    if at_once or _now() - session.get(SEEN_AT, 0) >= WRITE_SECONDS:
        session[SEEN_AT] = _now()


def end(request: HttpRequest, user: User, reason: End, *, keeps_text: bool) -> None:
    """End the session, on record. With `keeps_text` its author finds what the form brought after signing in again."""
    is_kept = keeps_text and reason != End.ACCOUNT and drafts.keep_posted(request, user)
    request_id = request.request_id  # type: ignore[attr-defined]
    sign_in.record_refusal("session.ended", user=user, request_id=request_id, reason=reason)
    logout(request)
    if reason != End.ACCOUNT:
        messages.info(request, _("You were signed out because this page was not used for a while."))
    if is_kept:
        messages.info(request, _("What you typed is kept: sign in and open the page again."))


def renew_key(request: HttpRequest) -> None:
    """Give the session a new key, because its user may do more from now on."""
    former = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=former).update(session_key=request.session.session_key)


def page_to_return_to(request: HttpRequest) -> str:
    """Where to go after signing in: the page that was asked for, or the one whose form was sent. Empty if not
    ours."""
    address = (
        request.get_full_path() if request.method == "GET" else _path_of(request, request.headers.get("Referer", ""))
    )
    return address if _is_ours(request, address) else ""


def _path_of(request: HttpRequest, address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts.netloc and _is_ours(request, address) else ""


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _now() -> float:
    """Seconds, as sessions can keep them."""
    return clock.now().timestamp()
