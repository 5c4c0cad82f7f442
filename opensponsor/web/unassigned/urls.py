"""Addresses of households that belong to no council yet."""

from django.urls import path

from opensponsor.web.unassigned import views

app_name = "unassigned"

urlpatterns = [
    path("", views.queue, name="list"),
    path("<uuid:case_id>/", views.assign, name="assign"),
]
