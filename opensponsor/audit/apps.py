from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "opensponsor.audit"
    label = "audit"
