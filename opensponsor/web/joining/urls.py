"""Addresses for people who have no account yet."""

from django.urls import path

from opensponsor.web.joining import views

urlpatterns = [
    path("access/", views.choose_organisation, name="access_request"),
    path("access/<slug:code>/", views.ask, name="access_request_ask"),
    path("access/<slug:code>/sent/", views.sent, name="access_request_sent"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
