"""Addresses of applicants; each applicant is on the record of the household."""

from opensponsor.web.applicants import lists
from opensponsor.web.lists.urls import list_urls

app_name = "applicants"

urlpatterns = list_urls(lists.PAGE)
