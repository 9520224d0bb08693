from importlib import import_module

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    name = "zhike.features.automation"
    label = "automation"
    verbose_name = "自动化"
    switchable = True

    def ready(self) -> None:
        import_module("zhike.features.automation.occasions")
