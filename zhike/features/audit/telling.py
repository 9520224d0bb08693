"""补记: what was done before this installation kept a history, told by whoever fills it with an earlier year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.kernel.reach import Actor
from zhike.kernel.writes.context import author

Deed = tuple[str, datetime, int]
"""What was done to a record (a verb), when, and by whom."""


def tell(model: Any, told: Iterable[tuple[int, Sequence[Deed]]], *, through: str) -> None:
    """Write down the deeds of each record, by its id; that they are told later is told by `through`."""
    about = {"through": through, "collection": model.spec.collection, "part": "", "old": {}, "new": {}}
    entries = (Entry(at=at, actor_id=who, verb=verb, record=pk, **about) for pk, deeds in told for verb, at, who in deeds)
    Entry.objects.bulk_create(entries)


def note(record: Any, verb: str, new: dict[str, Any], actor: Actor) -> None:
    """A deed that changes nothing of the record itself (暂停时限), with what is to be known of it."""
    by = {"at": timezone.now(), "actor_id": author(actor), "through": actor.through, "verb": verb}
    Entry.objects.bulk_create([Entry(**by, collection=record.spec.collection, record=record.pk, part="", old={}, new=new)])
