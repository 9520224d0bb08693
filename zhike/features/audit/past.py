"""往日 (T-20): records as they were, rebuilt from their history, for whoever asks what a rule would have done then.

Inside `as_it_was` each table that a question reads is hidden behind a temporary view of its own name: rows that nobody has
touched since are read where they lie, the others from a copy that the history undoes, a statement a table however many they are.
So the question is asked in the words it is always asked in. Nothing can be written to such a table while it lasts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction

from zhike.features.audit.triggers import audited
from zhike.kernel.reach import Actor
from zhike.kernel.record import sees_all

FROM_NOW_ON = "infinity"
ENTRIES = """
CREATE TEMP TABLE past_entry AS
SELECT e.id, e.at, e.transaction, k.number, e.record, e.old, e.new,
       CASE WHEN e.part = '' THEN e.record ELSE coalesce(e.old ->> 'id', e.new ->> 'id')::bigint END AS row
FROM audit_entry e JOIN unnest(%s::text[], %s::text[], %s::int[]) AS k (collection, part, number) USING (collection, part)
WHERE e.at >= %s AND e.old IS DISTINCT FROM '{}'
"""
INDEX = "CREATE INDEX ON past_entry (number, at)"
COPY = """
CREATE TEMP TABLE past_touched_{n} AS SELECT DISTINCT row FROM past_entry WHERE number = {n} AND row IS NOT NULL;
CREATE UNIQUE INDEX ON past_touched_{n} (row);
ANALYZE past_touched_{n};
CREATE TEMP TABLE past_{n} AS SELECT t.* FROM {schema}."{table}" t JOIN past_touched_{n} x ON x.row = t.id;
CREATE INDEX ON past_{n} (id);
"""
HIDE = """
CREATE TEMP VIEW "{table}" AS SELECT t.* FROM {schema}."{table}" t
WHERE NOT EXISTS (SELECT 1 FROM past_touched_{n} x WHERE x.row = t.id) UNION ALL SELECT * FROM past_{n}
"""
AGAIN = 'TRUNCATE past_{n}; INSERT INTO past_{n} SELECT t.* FROM {schema}."{table}" t JOIN past_touched_{n} x ON x.row = t.id'
# The earliest of the changes tells what stood before all of them; what one of them brought into being was not there.
UNDO = """
WITH undone AS MATERIALIZED (SELECT e.* FROM past_entry e {join} WHERE e.number = {n} AND {after}),
first AS (SELECT DISTINCT ON (row) row, old IS NULL AS added FROM undone ORDER BY row, at, id),
held AS (
    SELECT u.row, jsonb_object_agg(f.key, f.value ORDER BY u.at DESC, u.id DESC) AS doc
    FROM undone u CROSS JOIN LATERAL jsonb_each(u.old) f WHERE f.value IS DISTINCT FROM u.new -> f.key GROUP BY u.row
),
gone AS (
    DELETE FROM past_{n} s USING first f
    WHERE s.id = f.row AND (f.added OR EXISTS (SELECT 1 FROM held h WHERE h.row = f.row))
)
INSERT INTO past_{n} SELECT r.* FROM held h JOIN first f USING (row) LEFT JOIN past_{n} s ON s.id = h.row
CROSS JOIN LATERAL jsonb_populate_record(s, h.doc || {added}) r WHERE NOT f.added
"""
# Fields added without code stand in the history as if each had a column of its own.
ADDED = "jsonb_build_object('extra', coalesce(s.extra, '{}') || (h.doc - %s::text[]))"
COLUMNS = """
SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
"""
# What one transaction did to a record is one thing done to it; 0 stands for what was told afterwards.
DEEDS = """
CREATE TEMP TABLE past_deed AS
SELECT record, at, transaction, entry, actor, row_number() OVER (PARTITION BY record ORDER BY at, entry) AS turn FROM (
    SELECT record, max(at) AS at, transaction, max(id) AS entry, max(actor_id) AS actor FROM ({entries}) e
    GROUP BY record, transaction, CASE WHEN transaction = 0 THEN id END
) d
"""
TURN = "JOIN past_deed d ON d.record = e.record AND d.turn = %s"
AFTER = "(e.at, e.id) > (d.at, d.entry) AND (e.transaction <> d.transaction OR d.transaction = 0)"


class Past:
    """What was, seen from one moment after another, each further back than the one before.

    Arguments:
        tables: each with the collection and the part under which its history is kept.
        seen: the records that count.
    """

    def __init__(self, tables: list[tuple[str, str, str]], since: datetime, seen: Any) -> None:
        self.tables, self.seen, self._reached, self._turn = tables, seen, FROM_NOW_ON, 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_schema())")
            self._schema = cursor.fetchone()[0]
            names, parts = [c for _, c, _ in tables], [p for _, _, p in tables]
            cursor.execute(ENTRIES, [names, parts, list(range(len(tables))), since])
            cursor.execute(INDEX)
            self._each(cursor, COPY)
            self._each(cursor, HIDE)

    def back_to(self, moment: datetime) -> None:
        """From now on everything is as it was right before this moment."""
        self._undo("", "e.at >= %s AND e.at < %s", [moment, self._reached])
        self._reached = moment.isoformat()

    def each_time(self, deeds: Any) -> Iterator[Any]:
        """The records to which something was done, each as it was right after it: all for the first time, then for the second …

        Arguments:
            deeds: the entries of the history that tell of it; those of one transaction are one deed.
        """
        sql, params = compiled(deeds.order_by().values("record", "at", "transaction", "id", "actor_id"))
        if not sql:
            return
        with connection.cursor() as cursor:
            cursor.execute(DEEDS.format(entries=sql), params)
            cursor.execute("SELECT coalesce(max(turn), 0) FROM past_deed")
            [most] = cursor.fetchone()
            for turn in range(1, most + 1):
                self._each(cursor, AGAIN)
                self._undo(TURN, AFTER, [turn])
                self._turn, own = turn, self.seen.model._meta.db_table
                yield self.seen.extra(where=[f'"{own}".id IN (SELECT record FROM past_deed WHERE turn = %s)'], params=[turn])
            cursor.execute("DROP TABLE past_deed")

    def doer(self, record: int) -> int | None:
        """Who did that of which `each_time` has just told."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT actor FROM past_deed WHERE record = %s AND turn = %s", [record, self._turn])
            found = cursor.fetchone()
        return found[0] if found else None

    def close(self) -> None:
        with connection.cursor() as cursor:
            for number, (table, _, _) in enumerate(self.tables):
                cursor.execute(f'DROP VIEW pg_temp."{table}"')
                cursor.execute(f"DROP TABLE past_{number}, past_touched_{number}")
            cursor.execute("DROP TABLE IF EXISTS past_entry, past_seen")

    def _undo(self, join: str, after: str, params: list[Any]) -> None:
        with connection.cursor() as cursor:
            for number in range(len(self.tables)):
                cursor.execute(COLUMNS, [f"past_{number}"])
                [columns] = cursor.fetchone()
                added = ADDED if "extra" in columns else "'{}'"
                told = [columns] if "extra" in columns else []
                cursor.execute(UNDO.format(n=number, join=join, after=after, added=added), [*params, *told])

    def _each(self, cursor: Any, statements: str) -> None:
        for number, (table, _, _) in enumerate(self.tables):
            for statement in filter(str.strip, statements.split(";")):
                cursor.execute(statement.format(n=number, table=table, schema=self._schema))


@contextmanager
def as_it_was(question: Any, *, since: datetime, seen_by: tuple[Any, Actor], alone: bool = False) -> Iterator[Past]:
    """Everything a queryset reads, with what was changed since then undone step by step.

    Arguments:
        since: the earliest moment that will be gone back to.
        seen_by: the object asked about and who asks. Her sight is that of today: what she may open now counts, and of what has
            been deleted since only what whoever sees everything would see.
        alone: the records with their lines and links; what they refer to stays as it is now.
    """
    model, actor = seen_by
    read = read_by(question)
    tables = [one for one in audited_tables() if one[0] in read and (not alone or one[1] == model.spec.collection)]
    with transaction.atomic():
        past = Past(tables, since, _seen(model, actor))
        yield past
        past.close()


def _seen(model: Any, actor: Actor) -> Any:
    """The records of all times that are open to somebody, found out before anything is as it was."""
    rows = model._base_manager.all()
    if sees_all(model, actor):
        return rows
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE past_seen (id bigint PRIMARY KEY)")
        sql, params = compiled(model.objects.visible_to(actor).order_by().values("pk"))
        if sql:
            cursor.execute(f"INSERT INTO past_seen {sql}", params)
    return rows.extra(where=[f'"{model._meta.db_table}".id IN (SELECT id FROM past_seen)'])


def read_by(question: Any) -> set[str]:
    """The tables that a queryset reads, those of its conditions included."""
    sql, _ = compiled(question)
    return {m._meta.db_table for m in apps.get_models(include_auto_created=True) if f'"{m._meta.db_table}"' in sql}


def audited_tables() -> list[tuple[str, str, str]]:
    """Table, collection and part of everything that keeps a history."""
    return [(table, collection, part) for table, collection, part, _ in audited()]


def compiled(rows: Any) -> tuple[str, Any]:
    """The statement of a queryset; none where it can find nothing."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    return str(sql), params
