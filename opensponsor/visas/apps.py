from django.apps import AppConfig


class VisasConfig(AppConfig):
    name = "opensponsor.visas"
    label = "visas"
