from django.apps import AppConfig


class SavedViewsConfig(AppConfig):
    name = "opensponsor.saved_views"
    label = "saved_views"
