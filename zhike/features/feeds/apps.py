from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "zhike.features.feeds"
    label = "feeds"
