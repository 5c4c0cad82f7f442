"""The list of applicants; a row leads to the people of the household."""

from opensponsor.saved_views.lists.applicants import APPLICANTS
from opensponsor.web.applications.freshness import last_refreshed
from opensponsor.web.lists.pages import ListPage

PAGE = ListPage(APPLICANTS, "applicants", record_name="households:people", about=last_refreshed)
