"""Addresses of the operator of the platform and of national bodies."""

from django.urls import path

from opensponsor.web.admin import accounts, organisations, requests

app_name = "administration"
urlpatterns = [
    path("organisations/", organisations.index, name="organisations"),
    path("organisations/<int:organisation_id>/", organisations.organisation, name="organisation"),
    path("organisations/<int:organisation_id>/change/", organisations.change, name="change_organisation"),
    path("organisations/<int:organisation_id>/active/", organisations.activity, name="organisation_activity"),
    path("organisations/<int:organisation_id>/nominate/", requests.nominate, name="nominate"),
    path("requests/", requests.queue, name="requests"),
    path("requests/<uuid:request_id>/", requests.decide, name="request"),
    path("requests/<uuid:request_id>/vouch/", requests.vouch, name="request_vouch"),
    path("requests/<uuid:request_id>/refuse/", requests.refuse, name="request_refuse"),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/find/", accounts.find, name="find"),
]
