from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "opensponsor.cases"
    label = "cases"
