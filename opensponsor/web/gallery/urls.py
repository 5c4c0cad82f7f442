"""Addresses of the gallery."""

from django.urls import path

from opensponsor.web.gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:name>/", views.page, name="page"),
]
