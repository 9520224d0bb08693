from importlib import import_module

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "zhike.kernel"
    label = "kernel"

    def ready(self) -> None:
        import_module("zhike.kernel.checks")
        post_migrate.connect(create_sequences, sender=self)


def create_sequences(**_: object) -> None:
    """One PostgreSQL sequence behind every automatic number."""
    from zhike.kernel.registry import objects
    from zhike.kernel.writes.numbers import numbered, sequence

    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for model in objects().values():
            for kind in numbered(model) if model._meta.db_table in tables else []:
                cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{sequence(model, kind)}"')
