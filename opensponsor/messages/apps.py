from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "opensponsor.messages"
    label = "notices"
