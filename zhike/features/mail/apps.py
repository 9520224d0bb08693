from importlib import import_module

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "zhike.features.mail"
    label = "mail"

    def ready(self) -> None:
        import_module("zhike.features.mail.state")
