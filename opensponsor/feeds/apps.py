from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "opensponsor.feeds"
    label = "feeds"
