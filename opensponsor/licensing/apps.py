from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "opensponsor.licensing"
    label = "licensing"
