"""Addresses, by journey."""

from django.urls import include, path

urlpatterns = [
    path("", include("opensponsor.web.urls")),
]
