"""The gate in front of every page: signed in, second factor, data statement, membership, permission, in this order."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from opensponsor.audit import services as audit
from opensponsor.cases import queries as cases
from opensponsor.core import clock, rowsecurity
from opensponsor.core.actor import Actor
from opensponsor.identity import queries as identity
from opensponsor.identity.models import User
from opensponsor.web import access
from opensponsor.web.account import session as account_session

ORGANISATION_KEY = "organisation"


class Gate:
    """Builds the actor once per request and lets nobody through who may not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.actor is not None or getattr(request, "user", None) and request.user.is_authenticated:  # type: ignore[attr-defined]
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Any,
        kwargs: Any,
    ) -> HttpResponse | None:
        match = request.resolver_match
        declared = access.access_of(view, match.url_name if match else None)
        if declared is None:
            raise Http404
        if declared.level is access.Level.PUBLIC and not request.user.is_authenticated:
            return None
        if not isinstance(request.user, User):
            return _to_sign_in(request)
        return self._admit(request, request.user, declared)

    def _admit(self, request: HttpRequest, user: User, declared: access.Access) -> HttpResponse | None:
        if account_session.has_ended(request, user):
            account_session.keep_submitted_text(request, user)
            logout(request)
            return None if declared.level is access.Level.PUBLIC else _to_sign_in(request)
        unfinished = account_session.next_step(request, user)
        if unfinished:
            return None if declared.level in {access.Level.PUBLIC, access.Level.HALFWAY} else redirect(unfinished)
        account_session.touch(request, user)
        actor = self._actor(request, user)
        if actor is None:
            return None if declared.level in {access.Level.PUBLIC, access.Level.HALFWAY} else redirect("no_membership")
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
        actor = identity.actor_for(user, today=today, organisation_id=request.session.get(ORGANISATION_KEY))
        if actor is None:
            return None
        actor = cases.with_shared_cases(actor, today=today)
        rowsecurity.enter(actor, request_id=request.request_id)  # type: ignore[attr-defined]
        request.actor = actor  # type: ignore[attr-defined]
        return actor

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A row that the actor may not see is a page that does not exist; that somebody asked is on record."""
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if isinstance(exception, Http404) and actor is not None:
            match = request.resolver_match
            audit.record_outside(
                "record.refused",
                actor=actor,
                request_id=request.request_id,  # type: ignore[attr-defined]
                page=match.view_name if match else "",
                row=str(next(iter(match.kwargs.values()), "")) if match else "",
            )


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, which leads back to a page that was only read."""
    address = reverse(settings.LOGIN_URL)
    if request.method == "GET":
        address += "?" + urlencode({"next": request.get_full_path()})
    return redirect(address)
