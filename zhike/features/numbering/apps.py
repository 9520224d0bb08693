from importlib import import_module

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "zhike.features.numbering"
    label = "numbering"

    def ready(self) -> None:
        import_module("zhike.features.numbering.events")
