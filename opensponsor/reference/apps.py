from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "opensponsor.reference"
    label = "reference"
