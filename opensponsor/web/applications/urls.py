"""Addresses of visa applications."""

from django.urls import path

from opensponsor.web.applications import lists, views
from opensponsor.web.lists.urls import list_urls

app_name = "applications"

urlpatterns = [
    *list_urls(lists.PAGE),
    path("<uuid:application_id>/", views.record, name="record"),
]
