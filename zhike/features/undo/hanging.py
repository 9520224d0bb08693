"""What hangs on a record by its collection and number – comments, followers, notices – moves along, and is noted down.

These tables are not audited, so the note itself is what brings everything back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Q

from zhike.features.audit.models import Entry
from zhike.features.insight.models import Viewed
from zhike.features.undo.models import Recycled

NOT_MOVED = (Entry, Recycled, Viewed)
"""What happened to a record is told of that record for ever."""
Moved = dict[str, dict[str, list[int]]]


def move(model: Any, kept: int, others: list[int]) -> Moved:
    """Table → record → the rows that hung on it. What the kept one has already, such as a follower, stays behind."""
    moved: Moved = {}
    for source in hanging():
        rows = _movable(source, model.spec.collection, kept, others)
        if rows:
            _set(source, [pk for ids in rows.values() for pk in ids], kept)
            moved[source._meta.db_table] = {str(record): ids for record, ids in rows.items()}
    return moved


def move_back(moved: Moved) -> None:
    """Where they hung before."""
    by_table = {source._meta.db_table: source for source in hanging()}
    for table, rows in moved.items():
        for record, ids in rows.items():
            if table in by_table:
                _set(by_table[table], ids, int(record))


def hanging() -> Iterator[Any]:
    """Every model whose rows name a record by collection and number; of one with `moves` only these go along."""
    for source in apps.get_models():
        columns = {x.name for x in source._meta.concrete_fields}
        if {"collection", "record"} <= columns and source not in NOT_MOVED:
            yield source


def _movable(source: Any, collection: str, kept: int, others: list[int]) -> dict[int, list[int]]:
    unique = _unique_beside(source)
    moving = getattr(source, "moves", Q())
    rows = source._base_manager.filter(moving, collection=collection, record__in=[kept, *others]).order_by("pk")
    standing: set[tuple[Any, ...]] = set()
    found: dict[int, list[int]] = {}
    for row in sorted(rows, key=lambda row: row.record != kept):
        key = tuple(getattr(row, name) for name in unique)
        if row.record != kept and not (unique and key in standing):
            found.setdefault(row.record, []).append(row.pk)
        standing.add(key)
    return found


def _unique_beside(source: Any) -> list[str]:
    """The further columns of which a record has each value once."""
    for constraint in source._meta.constraints:
        named = {*getattr(constraint, "fields", ()), *(getattr(e, "name", "") for e in getattr(constraint, "expressions", ()))}
        if {"collection", "record"} <= named:
            return [source._meta.get_field(name).attname for name in sorted(named - {"collection", "record"})]
    return []


def _set(source: Any, ids: list[int], record: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{source._meta.db_table}" SET record = %s WHERE id = ANY(%s)', [record, ids])
