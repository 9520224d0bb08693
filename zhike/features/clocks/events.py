"""A record that is gone has no deadlines; those of one that changes hands run for whoever has it now."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from zhike.features.clocks.models import OPEN, STOPPED, Clock
from zhike.kernel.events import Changed, ChangedMany, on


@on(Changed)
def forget_one(event: Changed) -> None:
    if event.verb == "delete":
        _stop_all(event.record.spec.collection, [event.before["id"]])


@on(ChangedMany)
def forget_many(event: ChangedMany) -> None:
    if event.verb == "delete" and event.records:
        _stop_all(event.records[0].spec.collection, event.ids)


@on(Changed)
def hand_over_one(event: Changed) -> None:
    if event.before and event.after and event.before.get("owner") != event.after.get("owner"):
        _hand_over([event.record])


@on(ChangedMany)
def hand_over_many(event: ChangedMany) -> None:
    if event.verb == "transfer" or "owner" in event.fields:
        _hand_over(event.records)


def _hand_over(records: list[Any]) -> None:
    """What her predecessor was asked in time is asked of her."""
    theirs: dict[int | None, list[Any]] = defaultdict(list)
    for record in records:
        theirs[record.owner_id].append(record)
    for owner, hers in theirs.items():
        clocks = Clock.objects.filter(collection=hers[0].spec.collection, record__in=[r.pk for r in hers], state__in=OPEN)
        clocks.update(person=owner)


def _stop_all(collection: str, ids: list[int]) -> None:
    clocks = Clock.objects.filter(collection=collection, record__in=ids, state__in=OPEN)
    clocks.update(state=STOPPED, next_at=None)
