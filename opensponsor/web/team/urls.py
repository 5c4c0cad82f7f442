"""Addresses of the people of an organisation."""

from django.urls import path

from opensponsor.web.team import attestation, members, reports, requests, roles

app_name = "team"
urlpatterns = [
    path("", members.own, name="own"),
    path("find/", members.find, name="find"),
    path("requests/", requests.queue, name="requests"),
    path("requests/<uuid:request_id>/", requests.vouch, name="request"),
    path("requests/<uuid:request_id>/refuse/", requests.refuse, name="request_refuse"),
    path("inactive/", reports.inactivity, name="inactivity"),
    path("inactive/<int:organisation_id>/", reports.inactive_people, name="inactive_people"),
    path("<int:organisation_id>/", members.people, name="people"),
    path("<int:organisation_id>/confirm/", attestation.attest, name="attest"),
    path("<int:organisation_id>/<int:user_id>/", members.member, name="member"),
    path("<int:organisation_id>/<int:user_id>/role/", roles.grant, name="grant"),
    path("<int:organisation_id>/<int:user_id>/role/<uuid:membership_id>/end/", roles.end, name="end_role"),
    path("<int:organisation_id>/<int:user_id>/end/", roles.end_access, name="end_access"),
    path("<int:organisation_id>/<int:user_id>/invite/", roles.invite_again, name="invite_again"),
    path("<int:organisation_id>/<int:user_id>/reactivate/", roles.reactivate, name="reactivate"),
]
