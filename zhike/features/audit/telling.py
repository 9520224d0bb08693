"""补记: what was done before this installation kept a history, told by whoever fills it with an earlier year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from zhike.features.audit.models import Entry

Deed = tuple[str, datetime, int]
"""What was done to a record (a verb), when, and by whom."""


def tell(model: Any, told: Iterable[tuple[int, Sequence[Deed]]], *, through: str) -> None:
    """Write down the deeds of each record, by its id; that they are told later is told by `through`."""
    about = {"through": through, "collection": model.spec.collection, "part": "", "old": {}, "new": {}}
    entries = (Entry(at=at, actor_id=who, verb=verb, record=pk, **about) for pk, deeds in told for verb, at, who in deeds)
    Entry.objects.bulk_create(entries)
