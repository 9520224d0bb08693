"""Related lists 相关列表: what each is called in an answer, and what of them may be handed over with the record (一并转交)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps

from zhike.kernel.query import filters
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.spec import Related


def keys(related: Sequence[Related]) -> list[str]:
    """The collection of each list; with the field, where two lists are of one collection."""
    named = [apps.get_model(r.to).spec.collection for r in related]
    times = Counter(named)
    return [f"{name}.{r.field}" if times[name] > 1 else name for name, r in zip(named, related, strict=True)]


def lists(model: Any, actor: Actor) -> list[tuple[str, Related]]:
    """The related lists whose objects the actor may see at all, each with its key."""
    named = zip(keys(model.spec.related), model.spec.related, strict=True)
    return [(key, r) for key, r in named if actor.reach("view", apps.get_model(r.to)) is not Reach.NONE]


def companions(model: Any, pk: int, owner: int | None, actor: Actor) -> Iterator[tuple[str, Related, Any]]:
    """What may go along when its owner hands this record over: key, list, and the rows the actor may hand over."""
    for key, r in lists(model, actor):
        if r.along:
            target = apps.get_model(r.to)
            pending = filters.condition(target, target.spec.pending, actor)
            pointing = filters.condition(target, {"field": r.field, "op": "eq", "value": pk}, actor)
            yield key, r, target.objects.visible_to(actor, "transfer").filter(pending & pointing, owner_id=owner)
