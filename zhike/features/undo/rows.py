"""Rows as they were before a deed, read from the audit table by table and written back set by set.

The audit keeps rows as PostgreSQL's own JSON, and PostgreSQL makes rows of it again: nothing is converted on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import connection

from zhike.features.audit.models import Entry
from zhike.kernel.kinds import Lines, Refs
from zhike.kernel.kinds.added import NAME
from zhike.kernel.record import DERIVED

Doc = dict[str, Any]
EXTRA = "extra"


@dataclass
class Table:
    """What a deed did to one table.

    Arguments:
        source: the Django model behind the table; part: the field of the object it belongs to, "" for its own rows.
        before, after: id → the values before and after, as far as the audit tells; None where there was no row.
        record: id → the record whose history it is.
    """

    source: Any
    part: str
    before: dict[int, Doc | None] = field(default_factory=dict)
    after: dict[int, Doc | None] = field(default_factory=dict)
    record: dict[int, int] = field(default_factory=dict)

    @property
    def gone(self) -> dict[int, Doc]:
        """Rows the deed removed."""
        return {pk: doc for pk, doc in self.before.items() if doc is not None and self.after[pk] is None}

    @property
    def changed(self) -> dict[int, Doc]:
        """Rows the deed changed: the values they had."""
        return {pk: doc for pk, doc in self.before.items() if doc is not None and self.after[pk] is not None}

    @property
    def made(self) -> set[int]:
        """Rows the deed added."""
        return {pk for pk, doc in self.before.items() if doc is None and self.after[pk] is not None}

    def without(self, ids: Iterable[int]) -> None:
        for pk in ids:
            self.before.pop(pk, None), self.after.pop(pk, None)


def tables_of(model: Any, entries: Iterable[Entry]) -> list[Table]:
    """The tables of one object that the entries speak of; entries come oldest first."""
    found: dict[str, Table] = {}
    for entry in entries:
        source = _source(model, entry.part)
        if source is not None:
            _read(found.setdefault(entry.part, Table(source, entry.part)), entry)
    return [found[part] for part in sorted(found)]


def _source(model: Any, part: str) -> Any:
    """The model of a part; none when the field has gone since."""
    if not part:
        return model
    kind = model.kinds().get(part)
    return kind.target if isinstance(kind, Lines) else kind.remote_field.through if isinstance(kind, Refs) else None


def _read(table: Table, entry: Entry) -> None:
    pk = entry.record if not entry.part else (entry.old or entry.new or {}).get("id")
    if pk is None:  # a line changed before lines were numbered in the audit
        return
    table.record[pk] = entry.record
    if pk not in table.before:
        table.before[pk] = entry.old
    elif table.before[pk] is not None and entry.old is not None and table.after[pk] is not None:
        # What was known before stays; columns changed only now had their old value until now.
        table.before[pk] = {**entry.old, **(table.before[pk] or {})}
    table.after[pk] = None if entry.new is None else {**(table.after.get(pk) or {}), **entry.new}


def current(source: Any, ids: Iterable[int]) -> dict[int, Doc]:
    """The rows as they are, held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT t.id, to_jsonb(t)::text FROM "{source._meta.db_table}" t WHERE id = ANY(%s) ORDER BY id FOR UPDATE',
            [list(ids)],
        )
        return {pk: flat(orjson.loads(text)) for pk, text in cursor.fetchall()}


def flat(doc: Doc) -> Doc:
    """Added fields beside the columns, as in the audit."""
    return {**doc, **(doc.get(EXTRA) or {})}


def insert(source: Any, docs: Iterable[Doc]) -> None:
    """Rows that were removed, under their old ids."""
    fields = {x.column: x for x in source._meta.concrete_fields if x.name not in DERIVED}
    rows = [_whole(doc, fields) for doc in docs]
    columns = ", ".join(f'"{column}"' for column in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{source._meta.db_table}" ({columns}) '
            f'SELECT {columns} FROM jsonb_populate_recordset(NULL::"{source._meta.db_table}", %s::jsonb)',
            [orjson.dumps(rows).decode()],
        )


def _whole(doc: Doc, fields: dict[str, Any]) -> Doc:
    """A row for today's columns: one that was added since gets its default."""
    row = {column: doc[column] if column in doc else _default(x) for column, x in fields.items()}
    return row | ({EXTRA: {n: v for n, v in doc.items() if NAME.fullmatch(n) and v is not None}} if EXTRA in fields else {})


def _default(column: Any) -> Any:
    value = column.get_default()
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)


def update(source: Any, docs: dict[int, Doc], and_also: Doc) -> None:
    """Give rows these values again, each its own; `and_also` is the same for all."""
    columns = {x.column for x in source._meta.concrete_fields}
    rows = [_parted(pk, doc | and_also, columns) for pk, doc in docs.items()]
    named = sorted({column for row in rows for column in row["doc"]})
    assignments = [f'"{column}" = p."{column}"' for column in named]
    if any(row["more"] for row in rows):
        assignments.append("extra = jsonb_strip_nulls(t.extra || v.more)")
    if not assignments:
        return
    table = f'"{source._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {', '.join(assignments)} "
            "FROM jsonb_to_recordset(%s::jsonb) AS v(id bigint, doc jsonb, more jsonb), "
            f"LATERAL (SELECT (jsonb_populate_record(w, v.doc)).* FROM {table} w WHERE w.id = v.id) p WHERE t.id = v.id",
            [orjson.dumps(rows).decode()],
        )


def _parted(pk: int, doc: Doc, columns: set[str]) -> Doc:
    own = {name: value for name, value in doc.items() if name in columns and name not in ("id", EXTRA, *DERIVED)}
    return {"id": pk, "doc": own, "more": {name: value for name, value in doc.items() if NAME.fullmatch(name)}}


def remove(source: Any, ids: Iterable[int]) -> None:
    """Rows the deed had added."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{source._meta.db_table}" WHERE id = ANY(%s)', [list(ids)])
