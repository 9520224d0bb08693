from importlib import import_module

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate

SEARCHED = "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'search'"


class KernelConfig(AppConfig):
    name = "zhike.kernel"
    label = "kernel"

    def ready(self) -> None:
        import_module("zhike.kernel.checks")
        post_migrate.connect(create_sequences, sender=self)
        post_migrate.connect(tune_indexes, sender=self)


def create_sequences(**_: object) -> None:
    """One PostgreSQL sequence behind every automatic number."""
    from zhike.kernel.registry import every_object
    from zhike.kernel.writes.numbers import numbered, sequence

    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for model in every_object().values():
            for kind in numbered(model) if model._meta.db_table in tables else []:
                cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{sequence(model, kind)}"')


def tune_indexes(**_: object) -> None:
    """Let searching stay quick among a million rows that change all the time.

    Of a word the planner does not know it believes that one row in 200 holds it, and reads row after row for a rare one: so it
    shall know thousands. What was written last waits in a list that every search reads through: so that shall be short, and
    there shall be none for the few keys of likely duplicates.
    """
    from zhike.kernel.registry import every_object

    with connection.cursor() as cursor:
        cursor.execute(SEARCHED)  # on the way up an older table may not have come so far
        tables = {table for (table,) in cursor.fetchall()}
        for model in every_object().values():
            if model._meta.db_table not in tables:
                continue
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" ALTER COLUMN search SET STATISTICS 500')
            named = {i.fields[0]: i.name for i in model._meta.indexes if len(i.fields) == 1}
            cursor.execute(f'ALTER INDEX IF EXISTS "{named["search"]}" SET (gin_pending_list_limit = 1024)')
            cursor.execute(f'ALTER INDEX IF EXISTS "{named["match_keys"]}" SET (fastupdate = off)')
