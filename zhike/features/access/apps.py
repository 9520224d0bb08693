from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "zhike.features.access"
    label = "access"
    verbose_name = "权限申请"

    def ready(self) -> None:
        import_module("zhike.features.access.guarding")
        import_module("zhike.features.access.rising")
        import_module("zhike.features.access.events")
