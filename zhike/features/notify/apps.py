from importlib import import_module

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "zhike.features.notify"
    label = "notify"

    def ready(self) -> None:
        import_module("zhike.features.notify.events")
        import_module("zhike.features.notify.letters")
