"""Addresses of the pages."""

from django.urls import include, path

from opensponsor.web import language

urlpatterns = [
    path("language/", language.switch, name="language"),
    path("gallery/", include("opensponsor.web.gallery.urls")),
]
