from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "zhike.features.jobs"
    label = "jobs"

    def ready(self) -> None:
        from zhike.features.jobs.periodic import go_by_our_clock

        go_by_our_clock()
