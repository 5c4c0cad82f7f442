from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "opensponsor.core"
    label = "core"
