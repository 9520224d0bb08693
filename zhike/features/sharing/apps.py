from importlib import import_module

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "zhike.features.sharing"
    label = "sharing"

    def ready(self) -> None:
        import_module("zhike.features.sharing.beside")
