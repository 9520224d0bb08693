from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "zhike.features.documents"
    label = "documents"
