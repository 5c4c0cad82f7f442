"""The addresses of a person's exports."""

from django.urls import path

from opensponsor.web.lists import exporting

app_name = "exports"
urlpatterns = [
    path("", exporting.mine, name="list"),
    path("<uuid:export_id>/", exporting.one, name="export"),
    path("<uuid:export_id>/file/", exporting.fetch, name="fetch"),
]
