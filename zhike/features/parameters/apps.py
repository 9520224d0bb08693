from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "zhike.features.parameters"
    label = "parameters"
