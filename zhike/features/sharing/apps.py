from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "zhike.features.sharing"
    label = "sharing"
