"""Addresses of the pages about the service itself."""

from django.urls import path

from opensponsor.web.about import views

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("report-a-problem/", views.report_problem, name="report_problem"),
]
