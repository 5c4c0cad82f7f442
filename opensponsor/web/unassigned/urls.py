"""Addresses of what belongs to no council yet."""

from django.urls import path

from opensponsor.web.unassigned import views

app_name = "unassigned"

urlpatterns = [
    path("", views.households, name="list"),
    path("sponsors/", views.sponsors, name="sponsors"),
    path("applications/", views.applications, name="applications"),
    path("several/<slug:queue>/", views.assign_several, name="several"),
    path("<uuid:case_id>/", views.assign, name="assign"),
]
