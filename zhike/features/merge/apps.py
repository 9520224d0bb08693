from importlib import import_module

from django.apps import AppConfig


class MergeConfig(AppConfig):
    name = "zhike.features.merge"
    label = "merge"

    def ready(self) -> None:
        import_module("zhike.features.merge.events")
