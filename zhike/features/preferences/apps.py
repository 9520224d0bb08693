from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    name = "zhike.features.preferences"
    label = "preferences"
