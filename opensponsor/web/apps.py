from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "opensponsor.web"
    label = "web"
