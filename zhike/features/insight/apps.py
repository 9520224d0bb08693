from django.apps import AppConfig

LOGS = ("insight_viewed", "insight_exported")


class InsightConfig(AppConfig):
    name = "zhike.features.insight"
    label = "insight"

    def ready(self) -> None:
        from zhike.features.audit.aging import kept_by_year

        for log in LOGS:
            kept_by_year(log)
