"""Addresses of the pages."""

from django.urls import include, path

from opensponsor.web import language

urlpatterns = [
    path("", include("opensponsor.web.home.urls")),
    path("", include("opensponsor.web.casework.urls")),
    path("households/", include("opensponsor.web.households.urls")),
    path("sponsors/", include("opensponsor.web.sponsors.urls")),
    path("licences/", include("opensponsor.web.licences.urls")),
    path("exports/", include("opensponsor.web.lists.export_urls")),
    path("", include("opensponsor.web.account.urls")),
    path("language/", language.switch, name="language"),
    path("gallery/", include("opensponsor.web.gallery.urls")),
]
