"""Addresses of sponsor licences."""

from django.urls import path

from opensponsor.web.licences import add, edit, lists
from opensponsor.web.licences.record import LICENCE
from opensponsor.web.lists.urls import list_urls
from opensponsor.web.records.pages import record_urls
from opensponsor.web.steps import flow_urls

app_name = "licences"

urlpatterns = [
    *list_urls(lists.PAGE),
    *flow_urls(add.FLOW),
    path("added/<uuid:case_id>/", add.added, name="added"),
    *record_urls(LICENCE),
    path("<uuid:case_id>/change/", edit.change, name="change"),
]
