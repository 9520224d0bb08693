"""Added automatic numbers 自动编号: the sequence each draws from, and the numbers of the records that were there before it."""

from __future__ import annotations

from typing import Any

from django.db import connection

from zhike.features.jobs.run import Run, job, start
from zhike.kernel.kinds.added import COLUMN
from zhike.kernel.record import DERIVED
from zhike.kernel.registry import find
from zhike.kernel.writes import bulk
from zhike.kernel.writes.context import announce
from zhike.kernel.writes.numbers import give_numbers
from zhike.kernel.writes.prepare import index

NUMBER, CHUNK = "fields_number", 2000


def counter(pk: int) -> str:
    """The name of the sequence behind the definition of this id."""
    return f"extra_number_{pk}"


def begin(field: Any, actor: Any) -> None:
    """Make the sequence of a definition, and number what is there already."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{counter(int(field.pk))}"')
    if find(field.collection)._base_manager.exclude(**{f"{COLUMN}__has_key": field.name}).exists():
        label = f"给已有记录编“{field.label}”"
        start(NUMBER, label, {"collection": field.collection, "name": field.name}, actor=actor)


def end(field: Any) -> None:
    """Nobody draws from it any more."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SEQUENCE IF EXISTS "{counter(int(field.pk))}"')


@job(NUMBER)
def number_standing(run: Run, collection: str, name: str) -> dict[str, Any]:
    """Every record without a number, the oldest first; it is no change anybody made, so the version stays."""
    model, last, count = find(collection), 0, 0
    rows = model._base_manager.exclude(**{f"{COLUMN}__has_key": name}).defer(*DERIVED).order_by("pk")
    announce(run.actor, "mirror")
    while chunk := list(rows.filter(pk__gt=last).select_for_update(of=("self",))[:CHUNK]):
        give_numbers(model, chunk)
        for record in chunk:
            record.search = index(record)
        bulk.update(model, chunk, [COLUMN, "search"])
        last, count = chunk[-1].pk, count + len(chunk)
        run.progress(count)
    return {"count": count}
