"""Changing the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from opensponsor.web.access import public
from opensponsor.web.middleware.language import SESSION_KEY

A_YEAR = 365 * 24 * 60 * 60


@public("the sign-in page has it too")
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Show this and every later page in the language of the button; stays on the page, with its filters."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if chosen in dict(settings.LANGUAGES):
        request.session[SESSION_KEY] = chosen
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
