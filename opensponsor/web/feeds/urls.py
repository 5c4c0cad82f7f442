"""Addresses of files that come in."""

from django.urls import path

from opensponsor.web.feeds import rejects, views

app_name = "feeds"

urlpatterns = [
    path("", views.listed, name="list"),
    path("add/", views.bring, name="add"),
    path("<uuid:load_id>/", views.opened, name="load"),
    path("<uuid:load_id>/start/", views.start, name="start"),
    path("<uuid:load_id>/approve/", views.approve, name="approve"),
    path("<uuid:load_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:load_id>/rejects/", rejects.listed, name="rejects"),
    path("<uuid:load_id>/rejects/file/", rejects.taken, name="rejects_file"),
]
