from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrgConfig(AppConfig):
    name = "zhike.org"
    label = "org"

    def ready(self) -> None:
        from zhike.org.revision import install_triggers

        post_migrate.connect(install_triggers, sender=self)
