from importlib import import_module

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "zhike.features.fields"
    label = "fields"

    def ready(self) -> None:
        from zhike.features.fields.definitions import fields_of
        from zhike.kernel.added import comes_from

        import_module("zhike.features.fields.events")
        comes_from(fields_of)
