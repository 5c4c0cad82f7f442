"""Addresses of sponsors and hosts."""

from django.urls import path

from opensponsor.web.checks import views as checks
from opensponsor.web.lists.urls import list_urls
from opensponsor.web.records.pages import record_urls
from opensponsor.web.sponsors import add, edit, lists
from opensponsor.web.sponsors.record import SPONSOR
from opensponsor.web.steps import flow_urls

app_name = "sponsors"

urlpatterns = [
    *list_urls(lists.PAGE),
    *flow_urls(add.FLOW),
    path("added/<uuid:case_id>/", add.added, name="added"),
    *record_urls(SPONSOR),
    path("<uuid:case_id>/change/", edit.change, name="change"),
    path("<uuid:case_id>/checks/sponsor/", checks.check_sponsor, name="check_sponsor"),
    path("<uuid:case_id>/checks/exists/<uuid:address_id>/", checks.check_exists, name="check_exists"),
]
