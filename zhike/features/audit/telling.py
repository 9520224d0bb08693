"""补记: what was done before this installation kept a history, told by whoever fills it with an earlier year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.kernel.reach import Actor
from zhike.kernel.writes.context import author

Deed = tuple[str, datetime, int] | tuple[str, datetime, int, dict[str, Any], dict[str, Any]]
"""What was done to a record (a verb), when, and by whom; what it held before and after, where that is told."""
OF_NO_TRANSACTION = 0
DATE_BACK = """
UPDATE audit_entry e SET at = least(t.at, e.at), transaction = 0 FROM {moments} AS t (id, at)
WHERE e.collection = %s AND e.record = t.id AND e.transaction = pg_current_xact_id()::text::bigint {which}
"""
GIVEN = "unnest(%s::bigint[], %s::timestamptz[])"


def tell(model: Any, told: Iterable[tuple[int, Sequence[Deed]]], *, through: str) -> None:
    """Write down the deeds of each record, by its id; that they are told later is told by `through`."""
    about = {"through": through, "collection": model.spec.collection, "part": "", "transaction": OF_NO_TRANSACTION}
    entries = (_entry(pk, deed, about) for pk, deeds in told for deed in deeds)
    Entry.objects.bulk_create(entries)


def _entry(pk: int, deed: Deed, about: dict[str, Any]) -> Entry:
    verb, at, who, old, new = (*deed, {}, {})[:5]
    return Entry(at=at, actor_id=who, verb=verb, record=pk, old=old, new=new, **about)


def date_back(model: Any, moments: Mapping[int, datetime] | None = None) -> None:
    """What this transaction has written of a story that is over happened when it is told to have happened.

    Arguments:
        moments: when each of these records was changed; None for all that is left of the object, as old as its records.
    """
    with connection.cursor() as cursor:
        if moments is None:
            born = f"(SELECT id, created_at AS at FROM {model._meta.db_table})"
            cursor.execute(DATE_BACK.format(moments=born, which=""), [model.spec.collection])
        else:
            given = [list(moments), list(moments.values())]
            statement = DATE_BACK.format(moments=GIVEN, which="AND e.old IS NOT NULL")
            cursor.execute(statement, [*given, model.spec.collection])


def note(record: Any, verb: str, new: dict[str, Any], actor: Actor) -> None:
    """A deed that changes nothing of the record itself (暂停时限), with what is to be known of it."""
    by = {"at": timezone.now(), "actor_id": author(actor), "through": actor.through, "verb": verb}
    Entry.objects.bulk_create([Entry(**by, collection=record.spec.collection, record=record.pk, part="", old={}, new=new)])
