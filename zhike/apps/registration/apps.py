from importlib import import_module

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "zhike.apps.registration"
    label = "registration"
    verbose_name = "报备"

    def ready(self) -> None:
        import_module("zhike.apps.registration.guarding")
        import_module("zhike.apps.registration.events")
        import_module("zhike.apps.registration.home")
