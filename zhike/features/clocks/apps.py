from importlib import import_module

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "zhike.features.clocks"
    label = "clocks"
    verbose_name = "时限"

    def ready(self) -> None:
        import_module("zhike.features.clocks.events")
        import_module("zhike.features.clocks.recounting")
