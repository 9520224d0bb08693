"""The two statements behind every set-based write: COPY in, and UPDATE from one JSON parameter."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

import orjson
from django.db import connection
from django.db.models import JSONField


def insert(model: Any, records: list[Any]) -> None:
    """COPY new rows; their ids are drawn first, so that children can point to them."""
    if not records:
        return
    fields = model._meta.concrete_fields
    _give_ids(model, records)
    columns = ", ".join(f'"{x.column}"' for x in fields)
    stored = attrgetter(*(x.attname for x in fields))
    documents = [at for at, x in enumerate(fields) if isinstance(x, JSONField)]
    # COPY alone is not wrapped by Django: what the database refuses here must be said like anywhere else.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        for record in records:
            row = [*stored(record)]
            for at in documents:  # only these look otherwise in the database than in Python
                row[at] = fields[at].get_db_prep_save(row[at], connection)
            copy.write_row(row)


def update(model: Any, records: list[Any], names: Iterable[str]) -> None:
    """Set the named fields of every record to its values, in one statement."""
    if not records:
        return
    fields = [model._meta.get_field(n) for n in names]
    rows = [{"id": r.pk, **{x.column: _json(x, getattr(r, x.attname)) for x in fields}} for r in records]
    table = f'"{model._meta.db_table}"'
    assignments = ", ".join(f'"{x.column}" = v."{x.column}"' for x in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET {assignments} "
            f"FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) AS v WHERE t.id = v.id",
            [orjson.dumps(rows, default=str).decode()],
        )


def _json(field: Any, value: Any) -> Any:
    return value if value is None or isinstance(value, dict | list | str | int) else str(value)


def _give_ids(model: Any, records: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [f'"{model._meta.db_table}"', len(records)],
        )
        for record, (pk,) in zip(records, cursor.fetchall(), strict=True):
            record.pk = pk
