"""引用的索引: a reference that came to a table later gets its index behind the upgrade, beside the work of others.

Within it (see schema.py) whoever wants to write into the table would wait until the index is made, on a large one for seconds.
What is killed in between is made up for by the next `zhike migrate`: it looks at what is there, not at what it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection

STANDING = """
SELECT t.relname, a.attname FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
WHERE t.relnamespace = current_schema()::regnamespace AND i.indisvalid AND NOT i.indisunique
AND i.indnatts = 1 AND i.indpred IS NULL
"""


def index_references(models: Iterable[Any] | None = None) -> list[str]:
    """Makes what is missing and tells the names of it; asked again, nothing is. `models` are all there are unless told."""
    made = []
    with connection.schema_editor(atomic=False) as editor:
        for model, field in _without(editor, apps.get_models(include_auto_created=True) if models is None else models):
            name = editor._create_index_name(model._meta.db_table, [field.column])
            editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {editor.quote_name(name)}")  # one that was cut off
            editor.execute(editor._create_index_sql(model, fields=[field], name=name, concurrently=True))
            made.append(name)
    return made


def _without(editor: Any, models: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each reference that should have an index and has none, with the model whose table it is in."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        standing = set(cursor.fetchall())
    for model in models:
        for field in model._meta.local_concrete_fields if _ours(model) else ():
            wanted = field.is_relation and editor._field_should_be_indexed(model, field)
            if wanted and (model._meta.db_table, field.column) not in standing:
                yield model, field


def _ours(model: Any) -> bool:
    return model._meta.managed and not model._meta.proxy and not model._meta.swapped
