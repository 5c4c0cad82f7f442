"""The list of visa applications."""

from opensponsor.saved_views.lists.applications import APPLICATIONS
from opensponsor.web.applications.freshness import last_refreshed
from opensponsor.web.lists.pages import ListPage

PAGE = ListPage(APPLICATIONS, "applications", opens="application_id", about=last_refreshed)
