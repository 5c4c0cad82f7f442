"""Addresses of what every member may look up."""

from django.urls import path

from opensponsor.web.directory import views

app_name = "directory"
urlpatterns = [
    path("champions/", views.champions, name="champions"),
    path("roles/", views.roles, name="roles"),
]
