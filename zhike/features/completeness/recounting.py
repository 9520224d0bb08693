"""What follows from a rule: it is in force with the next request, and what stands is counted anew in the background."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Max, Q

from zhike.features.completeness.objects.completeness_rule import CompletenessRule
from zhike.features.completeness.rules import scored
from zhike.features.jobs.run import Run, job, start
from zhike.kernel.added import forget
from zhike.kernel.events import Written, on_written
from zhike.kernel.kinds.completeness import score_of
from zhike.kernel.reach import Actor
from zhike.kernel.registry import find
from zhike.kernel.writes.mirror import mirror

RECOUNT = "completeness_recount"
AT_ONCE = 1_000
"""Records of one statement: it holds them until it is done, and whoever saves one of them waits no longer than that."""


@on_written
def decided(event: Written) -> None:
    """Rules were added, changed or removed."""
    if event.model is CompletenessRule:
        forget()
        for collection in sorted({rule.collection for rule in event.records}):
            recount(collection, event.actor)


def recount(collection: str, actor: Actor) -> None:
    """Have every record of an object counted anew."""
    label = f"重新计算{find(collection).spec.label}的完整度"
    start(RECOUNT, label, {"collection": collection}, actor=actor)


@job(RECOUNT)
def recount_all(run: Run, collection: str) -> dict[str, Any]:
    """One statement for so many records; those it leaves as they were are not written."""
    model, done, first = find(collection), 0, 0
    score, last = score_of(model), model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    assert score is not None
    now = score.reckoning(run.actor)
    while first < last:
        rows = model._base_manager.filter(pk__gt=first, pk__lte=first + AT_ONCE).annotate(reckoned=now)
        ids = rows.filter(Q(**{f"{score.name}__isnull": True}) | ~Q(**{score.name: F("reckoned")})).values("pk")
        done += mirror(model._base_manager.filter(pk__in=ids), {score.name: now}, actor=run.actor)
        first += AT_ONCE
        run.progress(min(first, last), last)
    return {"count": done}


def uncounted() -> list[str]:
    """The objects that have records nobody has counted yet, as after an upgrade."""
    found = ((collection, model, score_of(model)) for collection, model in scored().items())
    return [c for c, model, score in found if score and model._base_manager.filter(**{f"{score.name}__isnull": True}).exists()]
