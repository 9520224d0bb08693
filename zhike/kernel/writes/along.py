"""一并转交: handing a record over together with what belongs to it, in one transaction; each keeps it in its own history."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from zhike.kernel.errors import Invalid
from zhike.kernel.reach import Actor
from zhike.kernel.related import companions
from zhike.kernel.writes import one
from zhike.kernel.writes.many import transfer_many


def transfer_with(record: Any, to: Any, along: Collection[str], *, actor: Actor, version: int | None = None) -> dict[str, int]:
    """Hand over the record and the pending companions named, and say how many of each. Raises NotFound, Stale, Invalid."""
    model = type(record)
    with transaction.atomic():
        owner = one.lock(model, record.pk, "transfer", actor).owner_id
        # Named before anything moves: afterwards they may be out of the actor's sight.
        chosen = {k: (r, [*rows.values_list("pk", flat=True)]) for k, r, rows in companions(model, record.pk, owner, actor)}
        if unknown := set(along) - set(chosen):
            raise Invalid.of({"along": f"不能一并转交：{'、'.join(sorted(unknown))}"}, {"along": "一并转交"})
        one.transfer(record, to, actor=actor, version=version)
        return {key: _hand_over(*chosen[key], to, actor) for key in along}


def _hand_over(related: Any, ids: list[int], to: Any, actor: Actor) -> int:
    from django.apps import apps

    return len(transfer_many(apps.get_model(related.to).objects.filter(pk__in=ids), to, actor=actor).done)
