from django.apps import AppConfig


class DelegatingConfig(AppConfig):
    name = "zhike.features.delegating"
    label = "delegating"
