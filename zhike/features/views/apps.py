from django.apps import AppConfig


class ViewsConfig(AppConfig):
    name = "zhike.features.views"
    label = "views"
