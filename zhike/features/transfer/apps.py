from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TransferConfig(AppConfig):
    name = "zhike.features.transfer"
    label = "transfer"

    def ready(self) -> None:
        import_module("zhike.features.transfer.work")
        from zhike.features.transfer.saved import install_shipped

        post_migrate.connect(install_shipped, sender=self)
