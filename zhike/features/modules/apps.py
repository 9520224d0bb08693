from importlib import import_module

from django.apps import AppConfig


class ModulesConfig(AppConfig):
    name = "zhike.features.modules"
    label = "modules"

    def ready(self) -> None:
        import_module("zhike.features.modules.events")
