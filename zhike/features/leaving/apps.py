from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "zhike.features.leaving"
    label = "leaving"
