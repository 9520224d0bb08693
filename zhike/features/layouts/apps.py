from importlib import import_module

from django.apps import AppConfig


class LayoutsConfig(AppConfig):
    name = "zhike.features.layouts"
    label = "layouts"

    def ready(self) -> None:
        import_module("zhike.features.layouts.events")
