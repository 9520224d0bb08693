"""What stands in the way of a row's return: what it pointed to has gone, or its unique value was given to another."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import ForeignKey

from zhike.features.undo.rows import Doc

Kept = dict[tuple[Any, int], str]
"""Object and record that stay as they are → why."""


def lacking(source: Any, docs: dict[int, Doc], returning: dict[Any, set[int]], kept: Kept) -> dict[int, str]:
    """Row → the reference whose target neither exists nor comes back as well; one query a reference.

    What stays only because what it belongs to stays gives that one's reason: it is the only one a person can do something about.
    """
    found: dict[int, str] = {}
    for column in _references(source):
        wanted = {pk: doc[column.column] for pk, doc in docs.items() if doc.get(column.column) is not None}
        target = column.remote_field.model
        there = _existing(target, set(wanted.values())) | returning.get(target, set()) if wanted else set()
        missing = {pk: to for pk, to in wanted.items() if to not in there and pk not in found}
        found |= {pk: kept.get((target, to)) or _gone(column, to) for pk, to in missing.items()}
    return found


def _references(source: Any) -> list[Any]:
    """Everything that points to a record, the record of a line or link included."""
    return [x for x in source._meta.concrete_fields if isinstance(x, ForeignKey) and hasattr(x.remote_field.model, "spec")]


def _gone(column: ForeignKey, to: int) -> str:
    label = column.remote_field.model.spec.label
    return f"它的{getattr(column, 'label', label)}（{label} #{to}）已被删除，请先恢复"


def _existing(target: Any, ids: set[int]) -> set[int]:
    return set(target._base_manager.filter(pk__in=ids).values_list("pk", flat=True))


def taken(source: Any, docs: dict[int, Doc], changing: dict[int, Doc]) -> dict[int, str]:
    """Row → the unique value that another row has meanwhile and does not give back; one query a unique field."""
    found: dict[int, str] = {}
    for column in source._meta.concrete_fields:
        if column.unique and not column.primary_key:
            values = {pk: doc[column.column] for pk, doc in docs.items() if doc.get(column.column) not in (None, "")}
            giving = [pk for pk, doc in changing.items() if column.column in doc]
            held = _held(source, column, set(map(str, values.values())), giving) if values else set()
            found |= {pk: f"{column.label}“{value}”已被其他记录使用" for pk, value in values.items() if str(value) in held}
    return found


def _held(source: Any, column: Any, values: set[str], giving: list[int]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{column.column}"::text FROM "{source._meta.db_table}" WHERE "{column.column}"::text = ANY(%s) '
            "AND id <> ALL(%s)",
            [list(values), giving],
        )
        return {value for (value,) in cursor.fetchall()}
