"""Addresses of what belongs to no council yet."""

from django.urls import path

from opensponsor.web.unassigned import given, views

app_name = "unassigned"

urlpatterns = [
    path("", views.households, name="list"),
    path("sponsors/", views.sponsors, name="sponsors"),
    path("applications/", views.applications, name="applications"),
    path("several/<slug:queue>/", views.assign_several, name="several"),
    path("applications/<uuid:application_id>/", given.give_on, name="give_on"),
    path("<uuid:case_id>/", views.assign, name="assign"),
]
