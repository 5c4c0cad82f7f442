from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "opensponsor.identity"
    label = "identity"
