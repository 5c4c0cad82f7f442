"""An address whose view declares nothing, beside the real ones."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def undeclared(request: HttpRequest) -> HttpResponse:
    """Must never answer."""
    return HttpResponse("open")


urlpatterns = [path("", include("opensponsor.config.urls")), path("undeclared/", undeclared)]
