from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "zhike.features.retention"
    label = "retention"
