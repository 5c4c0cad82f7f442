"""The page of a refused form. The other error pages are Django's own views with our templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: from another site, or from a page that was open while its user signed in again."""
    return render(request, "403_csrf.html", status=403)
