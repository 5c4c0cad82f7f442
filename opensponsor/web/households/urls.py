"""Addresses of households."""

from django.urls import path

from opensponsor.web.checks import household as all_checks
from opensponsor.web.checks import views as checks
from opensponsor.web.households import add, edit, lists
from opensponsor.web.households.record import HOUSEHOLD
from opensponsor.web.lists.urls import list_urls
from opensponsor.web.records.pages import record_urls
from opensponsor.web.steps import flow_urls

app_name = "households"

urlpatterns = [
    *list_urls(lists.PAGE),
    *flow_urls(add.FLOW),
    path("added/<uuid:case_id>/", add.added, name="added"),
    *record_urls(HOUSEHOLD),
    path("<uuid:case_id>/change/", edit.change, name="change"),
    path("<uuid:case_id>/arrive/", edit.arrive, name="arrive"),
    path("<uuid:case_id>/checks/record/", all_checks.record_open_checks, name="record_checks"),
    path("<uuid:case_id>/checks/arrived/", checks.check_arrived, name="check_arrived"),
    path("<uuid:case_id>/checks/suitable/<uuid:address_id>/", checks.check_suitable, name="check_suitable"),
    path("<uuid:case_id>/people/add/", edit.add_person, name="person_add"),
    path("<uuid:case_id>/people/<uuid:person_id>/change/", edit.change_person, name="person_change"),
]
