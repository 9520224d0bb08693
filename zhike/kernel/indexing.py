"""Indexes on tables that are in use 不停机建索引: made beside the work of others, who never wait for it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.models import F, Index

STANDING = """
SELECT i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relname = %s AND c.relnamespace = current_schema()::regnamespace
"""


def both_ways(field: str, name: str) -> list[Index]:
    """Indexes for a column that may be empty and that whole companies sort their lists by, up and down.

    What is empty comes last either way, so neither is the other read backwards. A list that is sorted by a column without an
    index reads every row there is: more than a second for a million.
    """
    return [
        Index(fields=[field, "id"], name=f"{name}_up"),
        Index(F(field).desc(nulls_last=True), F("id").desc(), name=f"{name}_down"),
    ]


class AddIndexQuietly(AddIndexConcurrently):
    """An index that may be made again after an interruption: what was cut off is dropped first, and one that stands is kept.

    Its migration says `atomic = False`.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(STANDING, [self.index.name])
            found = cursor.fetchone()
        if found and found[0]:
            return
        if found:
            schema_editor.execute(f"DROP INDEX CONCURRENTLY {schema_editor.quote_name(self.index.name)}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
