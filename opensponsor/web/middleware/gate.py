"""The gate in front of every page: signed in, second factor, data statement, membership, permission, in this
order."""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from opensponsor.audit import services as audit
from opensponsor.cases import queries as cases
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.identity import queries as identity
from opensponsor.identity.models import User
from opensponsor.identity.services import sign_in
from opensponsor.web import access
from opensponsor.web.account import proof, session

ORGANISATION_KEY = "organisation"
# Pages are looked at and forms are sent; nothing of ours answers to any other method.
_METHODS = ("GET", "HEAD", "POST")
_BEFORE_ENTRY = {access.Level.PUBLIC, access.Level.HALFWAY}


class Gate:
    """Builds the actor once per request and lets nobody through who may not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Any,
        kwargs: Any,
    ) -> HttpResponse | None:
        declared = access.access_of(view)
        if declared is None:
            raise Http404
        if request.method not in _METHODS:
            return HttpResponseNotAllowed(_METHODS)
        is_public = declared.level is access.Level.PUBLIC
        if isinstance(request.user, User):
            reason = session.reason_to_end(request.session, request.user)
            if reason is None:
                return self._admit(request, request.user, declared)
            session.end(request, request.user, reason, keeps_text=not is_public)
        return None if is_public else _with_return(request, reverse(settings.LOGIN_URL))

    def _admit(self, request: HttpRequest, user: User, declared: access.Access) -> HttpResponse | None:
        session.touch(request.session)
        unfinished = session.next_step(request.session)
        if unfinished:
            return None if declared.level in _BEFORE_ENTRY else _with_return(request, unfinished)
        actor = self._actor(request, user)
        if actor is None:
            return None if declared.level in _BEFORE_ENTRY else redirect("no_membership")
        sign_in.note_seen(user, clock.today())
        if declared.permission and not actor.may(declared.permission):
            audit.record_outside(
                "page.refused",
                actor=actor,
                request_id=request.request_id,  # type: ignore[attr-defined]
                page=request.resolver_match.view_name if request.resolver_match else "",
            )
            raise Http404
        return None

    def _actor(self, request: HttpRequest, user: User) -> Actor | None:
        today = clock.today()
        chosen = request.session.get(ORGANISATION_KEY)
        actor = identity.actor_for(user, today=today, organisation_id=chosen, language=translation.get_language() or "")
        if actor is None:
            return None
        actor = cases.enter_with_shared_cases(actor, today=today, request_id=request.request_id)  # type: ignore[attr-defined]
        request.actor = actor  # type: ignore[attr-defined]
        return actor

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A row that the actor may not see is a page that does not exist; that somebody asked is on record.

        So is a request that fails: what it wrote about itself is rolled back with it.
        """
        if isinstance(exception, ReauthenticationRequired):
            return proof.ask(request)
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is not None:
            match = request.resolver_match
            audit.record_outside(
                "record.refused" if isinstance(exception, Http404 | PermissionDenied) else "request.failed",
                actor=actor,
                request_id=request.request_id,  # type: ignore[attr-defined]
                page=match.view_name if match else "",
                row=str(next(iter(match.kwargs.values()), "")) if match else "",
            )
        return None


def _with_return(request: HttpRequest, address: str) -> HttpResponse:
    """There, and afterwards back to where the user was."""
    back = session.page_to_return_to(request)
    return redirect(f"{address}?{urlencode({'next': back})}" if back else address)
