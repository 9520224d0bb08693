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
        post_migrate.connect(count_more_words, sender=self)


def create_sequences(**_: object) -> None:
    """One PostgreSQL sequence behind every automatic number."""
    from zhike.kernel.registry import objects
    from zhike.kernel.writes.numbers import numbered, sequence

    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for model in objects().values():
            for kind in numbered(model) if model._meta.db_table in tables else []:
                cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{sequence(model, kind)}"')


def count_more_words(**_: object) -> None:
    """Let the planner know thousands of words of a search column instead of one thousand.

    Of a word it does not know it believes that one row in 200 holds it; among a million rows it then looks for a rare word by
    reading row after row.
    """
    from zhike.kernel.registry import objects

    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for model in objects().values():
            if model._meta.db_table in tables:
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" ALTER COLUMN search SET STATISTICS 500')
