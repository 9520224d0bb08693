from importlib import import_module

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "zhike.apps.contracts"
    label = "contracts"
    verbose_name = "合同"

    def ready(self) -> None:
        import_module("zhike.apps.contracts.events")
        import_module("zhike.apps.contracts.expiring")
        import_module("zhike.apps.contracts.home")
