from importlib import import_module

from django.apps import AppConfig


class UndoConfig(AppConfig):
    name = "zhike.features.undo"
    label = "undo"

    def ready(self) -> None:
        import_module("zhike.features.undo.noting")
