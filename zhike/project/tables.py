"""数据表: the tables this version of the product needs.

An older database is brought there step by step. One with nothing in it gets every table as it now is: for each of some hundred
steps Django would draw up all objects anew, which takes a newcomer the best part of a minute.
"""

from __future__ import annotations

from typing import TextIO

from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from procrastinate.schema import SchemaManager

from zhike.project.upgrading.references import index_references

QUEUE = "procrastinate"


def bring_up_to_date(report: TextIO | None = None, *, quiet: bool = False) -> None:
    """Safe to repeat. Raises DatabaseError, and then an empty database is as empty as it was."""
    if not connection.introspection.table_names():
        _create_all()
    call_command("migrate", interactive=False, stdout=report, verbosity=0 if quiet else 1)
    index_references()


def _create_all() -> None:
    """Every table at once. What a migration does with Python carries something over, and here is nothing to carry.

    The queue comes as its makers write it down whole: its steps add states and use them, which no one transaction may on
    PostgreSQL 15.
    """
    loader = MigrationLoader(connection)
    state = loader.project_state()
    with connection.schema_editor(atomic=True) as editor:
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        editor.execute(SchemaManager.get_schema(), params=None)
        for key in _steps(loader):
            for operation in loader.graph.nodes[key].operations if key[0] != QUEUE else ():
                if isinstance(operation, RunSQL):
                    operation.database_forwards(key[0], editor, state, state)
        _note(_steps(loader))


def _steps(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Every migration, each behind those it builds on."""
    return list(dict.fromkeys(step for leaf in loader.graph.leaf_nodes() for step in loader.graph.forwards_plan(leaf)))


def _note(steps: list[tuple[str, str]]) -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create([recorder.Migration(app=app, name=name) for app, name in steps])
