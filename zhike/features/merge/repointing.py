"""改指: everything that points to a record that goes shall point to the one that stays – rows, lines, links, added fields.

Found from the registry, so an object added tomorrow is moved as well. A fixed number of statements for each place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from zhike.kernel import added
from zhike.kernel.kinds import Lines, Ref, Refs
from zhike.kernel.kinds.choices import Boolean
from zhike.kernel.registry import objects


@dataclass(frozen=True)
class Place:
    """A column that points to an object.

    Arguments:
        owner: the object the column belongs to; table, column: where it lies.
        parent: of a line or link, the column that names its record; "" for the object's own row.
        marks: of a line, its yes-or-no columns.
        name: of an added field, its name within the JSON column.
    """

    owner: Any
    table: str
    column: str
    parent: str = ""
    marks: tuple[str, ...] = ()
    name: str = ""


def repoint(target: Any, kept: int, others: list[int]) -> dict[Any, set[int]]:
    """Move every pointer; returns which records were touched, by object."""
    touched: dict[Any, set[int]] = defaultdict(set)
    for place in places(target):
        if place.parent:
            touched[place.owner] |= _drop_doubles(place, kept, others)
        touched[place.owner] |= _move(place, kept, others)
    touched[target] -= {kept, *others}
    return {owner: ids for owner, ids in touched.items() if ids}


def places(target: Any) -> Iterator[Place]:
    """Everywhere an object is pointed to from."""
    for owner in objects().values():
        for kind in owner.declared().values():
            yield from _of_field(owner, kind, target)
    for kind in added.current().pointing_to(target):
        yield Place(kind.model, kind.model._meta.db_table, "extra", name=kind.name)


def _of_field(owner: Any, kind: Any, target: Any) -> Iterator[Place]:
    if isinstance(kind, Lines):
        parent = kind.target._meta.get_field(kind.parent).column
        marks = tuple(part.column for part in kind.target.kinds().values() if isinstance(part, Boolean))
        for part in kind.target.kinds().values():
            if isinstance(part, Ref) and part.target is target:
                yield Place(owner, kind.target._meta.db_table, part.column, parent, marks)
    elif isinstance(kind, Refs):
        if kind.target is target:
            yield Place(owner, kind.remote_field.through._meta.db_table, kind.m2m_reverse_name(), kind.m2m_column_name())
    elif isinstance(kind, Ref) and kind.target is target:
        yield Place(owner, owner._meta.db_table, kind.column)


def _move(place: Place, kept: int, others: list[int]) -> set[int]:
    record = place.parent or "id"
    change, now = f'"{place.column}" = %(kept)s', f'"{place.column}"'
    if place.name:
        change, now = "extra = jsonb_set(extra, %(path)s::text[], to_jsonb(%(kept)s::bigint))", "(extra ->> %(name)s)::bigint"
    statement = f'UPDATE "{place.table}" SET {change} WHERE {now} = ANY(%(others)s) RETURNING "{record}"'
    return _touched(statement, {"kept": kept, "others": others, "name": place.name, "path": [place.name]})


def _drop_doubles(place: Place, kept: int, others: list[int]) -> set[int]:
    """A record that points to several of those merged keeps one pointer, with the marks any of them bore."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{place.parent}", array_agg(id ORDER BY "{place.column}" <> %(kept)s, id) FROM "{place.table}" '
            f'WHERE "{place.column}" = ANY(%(all)s) GROUP BY "{place.parent}" HAVING count(*) > 1',
            {"kept": kept, "all": [kept, *others]},
        )
        doubles = dict(cursor.fetchall())
        if doubles and place.marks:
            marks = ", ".join(f'"{mark}" = t."{mark}" OR s."{mark}"' for mark in place.marks)
            sums = ", ".join(f'bool_or("{mark}") AS "{mark}"' for mark in place.marks)
            cursor.execute(
                f'UPDATE "{place.table}" t SET {marks} FROM (SELECT "{place.parent}" AS record, {sums} FROM "{place.table}" '
                f'WHERE "{place.column}" = ANY(%s) GROUP BY 1) s WHERE t."{place.parent}" = s.record AND t.id = ANY(%s)',
                [[kept, *others], [ids[0] for ids in doubles.values()]],
            )
        if doubles:
            cursor.execute(f'DELETE FROM "{place.table}" WHERE id = ANY(%s)', [[i for ids in doubles.values() for i in ids[1:]]])
    return set(doubles)


def _touched(statement: str, values: dict[str, Any]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {record for (record,) in cursor.fetchall()}
