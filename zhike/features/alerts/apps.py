from importlib import import_module

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "zhike.features.alerts"
    label = "alerts"
    verbose_name = "预警"
    switchable = True

    def ready(self) -> None:
        import_module("zhike.features.alerts.deadlines")
        import_module("zhike.features.alerts.raising")
