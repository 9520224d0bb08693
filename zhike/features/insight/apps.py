from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "zhike.features.insight"
    label = "insight"
