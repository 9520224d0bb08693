"""A record that is gone has no deadlines."""

from __future__ import annotations

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


def _stop_all(collection: str, ids: list[int]) -> None:
    clocks = Clock.objects.filter(collection=collection, record__in=ids, state__in=OPEN)
    clocks.update(state=STOPPED, next_at=None)
