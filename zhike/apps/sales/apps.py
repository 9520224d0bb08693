from importlib import import_module

from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "zhike.apps.sales"
    label = "sales"
    verbose_name = "销售"

    def ready(self) -> None:
        import_module("zhike.apps.sales.rules")
        import_module("zhike.apps.sales.events")
        import_module("zhike.apps.sales.lead_events")
        import_module("zhike.apps.sales.quote_events")
        import_module("zhike.apps.sales.quote_times")
        import_module("zhike.apps.sales.quotas")
        import_module("zhike.apps.sales.flows.receive_chat")
        import_module("zhike.apps.sales.dashboards")
        import_module("zhike.apps.sales.analyses")
        import_module("zhike.apps.sales.home")
