from importlib import import_module

from django.apps import AppConfig


class CompletenessConfig(AppConfig):
    name = "zhike.features.completeness"
    label = "completeness"

    def ready(self) -> None:
        import_module("zhike.features.completeness.guarding")
        import_module("zhike.features.completeness.recounting")
