"""What every page needs around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from opensponsor.web import navigation
from opensponsor.web.account.session import WRITE_SECONDS


def shell(request: HttpRequest) -> dict[str, Any]:
    """The actor, the menu and the addresses of the shell, for templates; `actor` is None for somebody not signed in.

    The environment bar and the service name do not come from here: their tags read the settings, so that an error page
    has them too.
    """
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None}
    return {
        "actor": actor,
        "menu": navigation.menu(actor, request.resolver_match),
        # The server notes a page at most once a minute, so that it may count this much more than the page does.
        "idle_seconds": settings.IDLE_SECONDS - WRITE_SECONDS,
    }
