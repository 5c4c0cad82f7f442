"""Addresses of the pages."""

from django.urls import include, path

from opensponsor.web import language

urlpatterns = [
    path("", include("opensponsor.web.home.urls")),
    path("", include("opensponsor.web.casework.urls")),
    path("households/", include("opensponsor.web.households.urls")),
    path("applicants/", include("opensponsor.web.applicants.urls")),
    path("unassigned/", include("opensponsor.web.unassigned.urls")),
    path("sponsors/", include("opensponsor.web.sponsors.urls")),
    path("applications/", include("opensponsor.web.applications.urls")),
    path("licences/", include("opensponsor.web.licences.urls")),
    path("", include("opensponsor.web.joining.urls")),
    path("team/", include("opensponsor.web.team.urls")),
    path("administration/", include("opensponsor.web.admin.urls")),
    path("directory/", include("opensponsor.web.directory.urls")),
    path("feeds/", include("opensponsor.web.feeds.urls")),
    path("exports/", include("opensponsor.web.lists.export_urls")),
    path("", include("opensponsor.web.account.urls")),
    path("about/", include("opensponsor.web.about.urls")),
    path("language/", language.switch, name="language"),
    path("gallery/", include("opensponsor.web.gallery.urls")),
]
