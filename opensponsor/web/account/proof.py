"""Asking again who somebody is, before something sensitive.

`@proof.required` on a view lets it open within five minutes of both factors or of an earlier proof; otherwise the
user gives a factor again and comes back to the page. What a form brought in that moment is kept as a draft, not
carried out unseen.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from opensponsor.identity.services import drafts as services
from opensponsor.web.account import drafts

View = Callable[..., HttpResponse]


def required(view: View) -> View:
    """Only for somebody who has just shown who they are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_reauthentication_required(request, app="opensponsor"):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return guarded


def ask(request: HttpRequest) -> HttpResponse:
    """To the page that asks, and from there back to this page."""
    actor = getattr(request, "actor", None)
    content = drafts.typed(request.POST)
    if actor is not None and content:
        services.keep(actor=actor, form_key=drafts.key_of(request), content=content)
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    return redirect(f"{ways[0]['url']}?{urlencode({'next': request.get_full_path()})}")
