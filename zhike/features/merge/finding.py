"""查重任务: looks through the whole base of an object and keeps what it found, until somebody merges it or says no."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.features.jobs.models import Job
from zhike.features.jobs.run import Run, job, start
from zhike.features.merge.candidates import candidates
from zhike.features.merge.models import DISMISSED, OPEN, Pair
from zhike.kernel.errors import NotFound
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit

CHUNK = 5000


def find_duplicates(collection: str, actor: Any) -> Job:
    """Look for duplicates anew, as a job. Raises NotFound, Forbidden."""
    model = mergeable(collection)
    permit(model, "delete", actor)
    return start("find_duplicates", f"查找重复的{model.spec.label}", {"collection": collection}, actor=actor)


def mergeable(collection: str) -> Any:
    """The object, if several of it can be made one. Raises NotFound."""
    model = find(collection)
    if not model.spec.merge or not model.spec.duplicates:
        raise NotFound("这类记录不能查重合并")
    return model


@job("find_duplicates")
def find_duplicates_job(run: Run, collection: str) -> dict[str, Any]:
    """The whole base of an object, as a job."""
    return look_through(collection)


def look_through(collection: str) -> dict[str, int]:
    """What is found now replaces what was found before; what somebody has dismissed stays dismissed."""
    found, now = candidates(find(collection)), timezone.now()
    dismissed = set(Pair.objects.filter(collection=collection, state=DISMISSED).values_list("one", "other"))
    open_ones = [row for row in found if (row[0], row[1]) not in dismissed]
    Pair.objects.filter(collection=collection, state=OPEN).delete()
    groups = grouped([(one, other) for one, other, _, _ in open_ones])
    pairs = (
        Pair(collection=collection, one=one, other=other, group=groups[one], score=score, reasons=reasons, found_at=now)
        for one, other, score, reasons in open_ones
    )
    Pair.objects.bulk_create(pairs, batch_size=CHUNK)
    return {"pairs": len(open_ones), "groups": len(set(groups.values()))}


def grouped(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """Record → its group: what hangs together by pairs, called by its smallest id."""
    leader: dict[int, int] = {}

    def first(pk: int) -> int:
        while leader.setdefault(pk, pk) != pk:
            leader[pk] = leader[leader[pk]]
            pk = leader[pk]
        return pk

    for one, other in pairs:
        a, b = first(one), first(other)
        leader[max(a, b)] = min(a, b)
    return {pk: first(pk) for pk in leader}
