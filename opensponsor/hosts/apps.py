from django.apps import AppConfig


class HostsConfig(AppConfig):
    name = "opensponsor.hosts"
    label = "hosts"
