from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "zhike.features.jobs"
    label = "jobs"
