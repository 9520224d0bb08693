from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhike.features.files"
    label = "files"
