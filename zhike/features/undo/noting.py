"""记下批次: every deletion, bulk change and hand-over leaves a note of who did it and in which transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

from zhike.features.undo.models import Recycled
from zhike.kernel.events import Changed, ChangedMany, on
from zhike.kernel.reach import Actor

ONE, MANY = ("delete", "transfer"), ("delete", "transfer", "change")
NOTE = """INSERT INTO undo_changeset (at, actor_id, collection, verb, count, transaction)
VALUES (now(), %s, %s, %s, %s, pg_current_xact_id()::text::bigint)
ON CONFLICT (transaction, at, collection, verb) DO UPDATE SET count = undo_changeset.count + excluded.count RETURNING id"""
_gathered: ContextVar[list[int] | None] = ContextVar("changesets", default=None)


@contextmanager
def noted() -> Iterator[list[int]]:
    """Gather the changesets of what is done inside, the first deed first."""
    gathered: list[int] = []
    token = _gathered.set(gathered)
    try:
        yield gathered
    finally:
        _gathered.reset(token)


def note(model: Any, verb: str, records: list[Any], actor: Actor) -> int:
    """Remember a deed on these records; those it deleted stand in the recycle bin."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [actor.pk, model.spec.collection, verb, len(records)])
        changeset = int(cursor.fetchone()[0])
    gathered = _gathered.get()
    if gathered is not None and changeset not in gathered:
        gathered.append(changeset)
    return changeset


def recycle(changeset: int, model: Any, records: list[Any]) -> None:
    """回收: let deleted records be found again."""
    Recycled.objects.bulk_create(
        Recycled(
            changeset_id=changeset, collection=model.spec.collection, record=r.pk, title=str(r), owner_id=r.owner_id,
            department_id=r.department_id,
        )
        for r in records
    )  # fmt: skip


@on(Changed)
def note_one(event: Changed) -> None:
    if event.verb in ONE:
        _note(type(event.record), event.verb, [event.record], event.actor)


@on(ChangedMany)
def note_many(event: ChangedMany) -> None:
    if event.verb in MANY:
        _note(event.model, event.verb, event.records, event.actor)


def _note(model: Any, verb: str, records: list[Any], actor: Actor) -> None:
    """Of what people do. What the system does by itself follows from something, and an import has its own undo."""
    if actor.pk is None or actor.through.startswith(("import:", "undo:")) or not records:
        return
    changeset = note(model, verb, records, actor)
    if verb == "delete":
        recycle(changeset, model, records)
