from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "zhike.features.reports"
    label = "reports"

    def ready(self) -> None:
        import_module("zhike.features.reports.exporting")
        import_module("zhike.features.reports.mailing")
        import_module("zhike.features.reports.page_export")
