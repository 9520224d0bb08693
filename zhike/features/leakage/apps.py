from django.apps import AppConfig


class LeakageConfig(AppConfig):
    name = "zhike.features.leakage"
    label = "leakage"
