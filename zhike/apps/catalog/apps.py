from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "zhike.apps.catalog"
    label = "catalog"
    verbose_name = "产品"
