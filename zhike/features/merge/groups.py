"""重复组: what the search has found, shown to whoever may merge it; merged in bulk, or said to be different."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Q

from zhike.features.jobs.models import Job
from zhike.features.jobs.run import Run, job, start
from zhike.features.merge.candidates import LEAST_SCORE, weights
from zhike.features.merge.finding import mergeable
from zhike.features.merge.merging import MOST, Merger, deletable, merge
from zhike.features.merge.models import DISMISSED, OPEN, Pair
from zhike.kernel import sight, writes
from zhike.kernel.errors import Invalid, Problem
from zhike.kernel.reach import Actor
from zhike.words.catalogue import word

PAGE, MOST_GROUPS = 30, 500


def duplicate_groups(collection: str, actor: Any, after: int = 0) -> dict[str, Any]:
    """Groups by their ids, with why; only records one may delete, and at least two of them. `after` is the last group shown."""
    model = mergeable(collection)
    mine = deletable(model, actor).values("pk")
    pairs = Pair.objects.filter(collection=collection, state=OPEN, one__in=mine, other__in=mine)
    groups = list(pairs.filter(group__gt=after).order_by("group").values_list("group", flat=True).distinct()[: PAGE + 1])
    found = _as_seen(model, pairs.filter(group__in=groups[:PAGE]).order_by("group", "-score", "one"), actor)
    names = _facts(model, {pk for pair in found for pk in (pair.one, pair.other)}, actor)
    by_group: dict[int, list[Pair]] = defaultdict(list)
    for pair in found:
        by_group[pair.group].append(pair)
    searched = Pair.objects.filter(collection=collection).aggregate(at=Max("found_at"))["at"]
    return {
        "rows": [_shown(model, group, theirs, names) for group, theirs in by_group.items()],
        "next": str(groups[PAGE - 1]) if len(groups) > PAGE else None,
        "searched_at": searched.isoformat() if searched else None,
    }


def _as_seen(model: Any, pairs: Iterable[Pair], actor: Actor) -> list[Pair]:
    """With the grounds that are open to the actor, and weighed by these alone: what is left of too little says nothing."""
    open_to_her, points, seen = {*sight.askable(model, actor), "~"}, weights(model), []
    for pair in pairs:
        grounds = [ground for ground in pair.reasons if ground["ground"] in open_to_her]
        if len(grounds) < len(pair.reasons):
            pair.reasons = grounds
            pair.score = min(100, round(sum(points.get(g["ground"], 0) * g["alike"] / 100 for g in grounds)))
        if pair.score >= LEAST_SCORE:
            seen.append(pair)
    return sorted(seen, key=lambda pair: (pair.group, -pair.score, pair.one))


def _facts(model: Any, ids: set[int], actor: Actor) -> dict[int, dict[str, Any]]:
    """What tells the records of a group apart, in one query."""
    rows = model._base_manager.filter(pk__in=ids).select_related("owner")
    told = {model.spec.title, *(same.field for same in model.spec.duplicates)}
    names = [name for name in sight.readable(model, actor) if name in told - {model.spec.title}]
    return {
        r.pk: {
            "id": r.pk, "label": str(r), "created_at": r.created_at.isoformat(), "owner": r.owner.name if r.owner_id else "",
            "facts": [text for name in names if (text := _fact(r, name, actor))],
        }
        for r in rows
    }  # fmt: skip


def _fact(record: Any, name: str, actor: Actor) -> Any:
    """A value as people read it, as far as the actor sees it."""
    kind = record.kinds()[name]
    return sight.as_text(
        type(record), name, sight.shown(type(record), name, kind.plain(getattr(record, kind.attname)), actor), actor
    )


def _shown(model: Any, group: int, pairs: list[Pair], names: dict[int, dict[str, Any]]) -> dict[str, Any]:
    ids = sorted({pk for pair in pairs for pk in (pair.one, pair.other)})
    reasons = list(dict.fromkeys(reason(model, ground) for pair in pairs for ground in pair.reasons))
    return {"group": group, "score": pairs[0].score, "reasons": reasons, "records": [names[pk] for pk in ids if pk in names]}


def reason(model: Any, ground: dict[str, Any]) -> str:
    """A ground in words: 电话相同, 名称相似 83%."""
    declared = {same.field: same.reason for same in model.spec.duplicates}
    if ground["ground"] == "~":
        return f"名称相似 {ground['alike']}%"
    return word(declared[ground["ground"]]) if ground["ground"] in declared else word("地址相同")


def dismiss(collection: str, ids: Any, actor: Any) -> None:
    """不是重复: these records are different things, and are not offered again. Raises Invalid."""
    model = mergeable(collection)
    chosen = _mine(model, ids, actor)
    pairs = Pair.objects.filter(Q(one__in=chosen) & Q(other__in=chosen), collection=collection)
    pairs.update(state=DISMISSED, dismissed_by=actor.pk)


def merge_groups(collection: str, groups: Any, actor: Any) -> Job:
    """Merge whole groups in the background, each into its oldest record. Raises Invalid."""
    model = mergeable(collection)
    if not isinstance(groups, list) or not 0 < len(groups) <= MOST_GROUPS:
        raise Invalid.of({"groups": f"应为 1 到 {MOST_GROUPS} 组记录编号"})
    chosen = [sorted(_mine(model, ids, actor)) for ids in groups]
    label = f"合并 {len(chosen)} 组重复的{model.spec.label}"
    return start("merge_groups", label, {"collection": collection, "groups": chosen}, actor=actor)


@job("merge_groups")
def merge_groups_job(run: Run, collection: str, groups: list[list[int]]) -> dict[str, Any]:
    """Group after group; one that cannot be merged stays and is named with the reason."""
    model, merged, refused, changeset = mergeable(collection), 0, [], None
    for number, ids in enumerate(groups):
        try:
            _, changeset = merge(model, Merger(ids[0], ids[1:]), actor=run.actor)
            merged += 1
        except Problem as problem:
            refused += writes.Outcome(refused={ids[0]: problem.message}).left(model)
        run.progress(number + 1, len(groups))
    return {"merged": merged, "refused": refused, "changeset": changeset}


def _mine(model: Any, ids: Any, actor: Actor) -> set[int]:
    """Two to five records one may delete. Raises Invalid."""
    whole = isinstance(ids, list) and all(isinstance(pk, int) and not isinstance(pk, bool) and 0 < pk < 2**63 for pk in ids)
    if not whole or not 2 <= len(set(ids)) <= MOST:
        raise Invalid.of({"ids": f"应为 2 到 {MOST} 条记录的编号"})
    found = set(deletable(model, actor).filter(pk__in=ids).values_list("pk", flat=True))
    if found != set(ids):
        raise Invalid.of({"ids": "其中有记录不存在，或您无权删除"})
    return found
