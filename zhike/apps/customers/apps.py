from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "zhike.apps.customers"
    label = "customers"
    verbose_name = "客户"

    def ready(self) -> None:
        import_module("zhike.apps.customers.events")
        import_module("zhike.apps.customers.home")
        import_module("zhike.apps.customers.tracking")
        import_module("zhike.apps.customers.registering")
        import_module("zhike.apps.customers.entering")
        import_module("zhike.apps.customers.business_registry")
