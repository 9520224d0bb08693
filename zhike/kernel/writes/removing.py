"""Removing many records at once: all of them or none, or all but those that must stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from zhike.kernel.events import ChangedMany, emit
from zhike.kernel.guards import Barred, Held
from zhike.kernel.reach import Actor
from zhike.kernel.writes import one
from zhike.kernel.writes.constraints import whole
from zhike.kernel.writes.context import announce
from zhike.kernel.writes.many import Outcome, ask_of_all, locked
from zhike.kernel.writes.pointers import pointed_at, refuse_pointed_at


def delete_many(rows: Any, *, actor: Actor) -> Outcome:
    """Remove these records; one that something still points to stops all. Raises InUse."""
    model, outcome = rows.model, Outcome()
    with whole(model):
        for chunk in locked(rows, "delete", actor):
            refuse_pointed_at(model, [r.pk for r in chunk])
            try:
                outcome.done += _remove(model, chunk, actor)
            except ProtectedError as error:
                raise one.in_use(error) from None
    return outcome


def delete_free(rows: Any, *, actor: Actor) -> Outcome:
    """Remove these records. What something still points to, or somebody must agree to first, stays and is told why."""
    model, outcome = rows.model, Outcome()
    with whole(model):
        for chunk in locked(rows, "delete", actor):
            outcome.refused |= pointed_at(model, [r.pk for r in chunk])
            while going := [r for r in chunk if r.pk not in outcome.refused]:
                kept, gone = _tried(model, going, actor)
                outcome.refused |= kept
                outcome.done += gone
                if gone:
                    break
    return outcome


def _tried(model: Any, records: list[Any], actor: Actor) -> tuple[Mapping[int, str], list[int]]:
    """Nothing is removed as long as some must stay: why these must, or the ids of all."""
    try:
        with transaction.atomic():
            return {}, _remove(model, records, actor)
    except (Held, Barred) as stay:
        return stay.reasons, []
    except ProtectedError as error:
        if pointing := _pointing(model, {r.pk for r in records}, error):
            return pointing, []
        raise one.in_use(error) from None  # what points there points to its lines


def _remove(model: Any, records: list[Any], actor: Actor) -> list[int]:
    """Raises Held, Barred, ProtectedError."""
    ids = [r.pk for r in records]
    ask_of_all(model, records, "delete", [*model.kinds()], actor)
    announce(actor, "delete")
    model._base_manager.filter(pk__in=ids).delete()
    emit(ChangedMany(actor=actor, model=model, records=records, verb="delete"))
    return ids


def _pointing(model: Any, ids: set[int], error: ProtectedError) -> dict[int, str]:
    """Each record to which what the database protects points, and what that is called."""
    found: dict[int, set[str]] = defaultdict(set)
    for other in error.protected_objects:
        label = type(other).spec.label if hasattr(type(other), "spec") else "其他记录"
        for x in other._meta.concrete_fields:
            if x.is_relation and x.related_model is model and (pk := getattr(other, x.attname)) in ids:
                found[pk].add(label)
    return {pk: one.in_use_by(labels) for pk, labels in found.items()}
