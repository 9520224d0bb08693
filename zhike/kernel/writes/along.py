"""一并转交: handing records over together with what belongs to them, in one transaction; each keeps it in its own history.

Collaborators (协作人) stay where `along` names their field, and are taken out otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from zhike.kernel.errors import Invalid
from zhike.kernel.reach import Actor
from zhike.kernel.related import belonging, companions, path
from zhike.kernel.writes import one
from zhike.kernel.writes.many import Outcome, transfer_many
from zhike.kernel.writes.reaching import lock


def transfer_with(record: Any, to: Any, along: Collection[str], *, actor: Actor, version: int | None = None) -> dict[str, int]:
    """Hand over the record and the pending companions named, and say how many of each. Raises NotFound, Stale, Invalid."""
    model = type(record)
    with transaction.atomic():
        lock(model, record.pk, "transfer", actor)
        chosen = _chosen(model.objects.filter(pk=record.pk), along, actor)
        one.transfer(record, to, actor=actor, version=version, beside=_stay(model, along))
        return _hand_over(chosen, {record.pk}, to, actor)


def transfer_many_with(rows: Any, to: Any, along: Collection[str], *, actor: Actor) -> Outcome:
    """The same for many; what belongs to a record that had to stay stays with it. Raises Invalid."""
    with transaction.atomic():
        chosen = _chosen(rows, along, actor)
        outcome = transfer_many(rows, to, actor=actor, beside=_stay(rows.model, along))
        _hand_over(chosen, set(outcome.done), to, actor)
        return outcome


def _stay(model: Any, along: Collection[str]) -> bool:
    """Whether its collaborators are to stay."""
    return bool(model.spec.collaborators) and model.spec.collaborators in along


Pairs = list[tuple[int, int]]


def _chosen(rows: Any, along: Collection[str], actor: Actor) -> dict[str, tuple[Any, Pairs]]:
    """Of each list named its model and who belongs to whom. Asked before anything moves: later it may be out of sight."""
    offered = {key: (r, found) for key, r, found in companions(rows, actor)} if along else {}
    along = [key for key in along if not _stay(rows.model, [key])]
    if unknown := set(along) - set(offered):
        raise Invalid.of({"along": f"不能一并转交：{'、'.join(sorted(unknown))}"}, {"along": "一并转交"})
    return {key: _pairs(*offered[key], rows) for key in along}


def _pairs(r: Any, found: Any, rows: Any) -> tuple[Any, Pairs]:
    pairs = found.model.objects.filter(pk__in=found.values("pk")).filter(**belonging(r, rows))
    return found.model, list(pairs.values_list("pk", path(r)))


def _hand_over(chosen: dict[str, tuple[Any, Pairs]], moved: set[int], to: Any, actor: Actor) -> dict[str, int]:
    counted = {}
    for key, (model, pairs) in chosen.items():
        ids = {pk for pk, record in pairs if record in moved}
        counted[key] = len(transfer_many(model.objects.filter(pk__in=ids), to, actor=actor).done)
    return counted
