from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "opensponsor.people"
    label = "people"
