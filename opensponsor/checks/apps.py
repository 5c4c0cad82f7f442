from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "opensponsor.checks"
    label = "checks"
