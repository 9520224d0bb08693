"""撤销与恢复: who may take back what, until when, and what she is told."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhike.features.jobs.models import Job
from zhike.features.jobs.run import Run, job, start
from zhike.features.undo.models import Changeset, Recycled
from zhike.features.undo.taking_back import TakenBack, take_back
from zhike.kernel.errors import NotFound, Refused
from zhike.kernel.query.among import Among
from zhike.kernel.reach import Actor
from zhike.kernel.registry import find, objects
from zhike.kernel.writes.one import permit

AT_ONCE, PAGE, MOST_NAMED = 1000, 50, 100


def undo(pk: int, actor: Any) -> dict[str, Any] | Job:
    """Take back one deed of the actor's own; a job when it touched many. Raises NotFound, Refused."""
    changeset = _own(pk, actor)
    if changeset.count > AT_ONCE:
        label = f"撤销对 {changeset.count} 条{find(changeset.collection).spec.label}的操作"
        return start("undo", label, {"changeset": pk}, actor=actor)
    return _undone(pk, actor)


@job("undo")
def undo_job(run: Run, changeset: int) -> dict[str, Any]:
    """The same in a worker."""
    return _undone(changeset, run.actor)


def restore(pk: int, actor: Any) -> dict[str, Any]:
    """恢复: bring one record back from the recycle bin. Raises NotFound, Refused saying what stands in the way."""
    with transaction.atomic():
        found = Recycled.objects.select_for_update(of=("self",)).select_related("changeset").filter(pk=pk).first()
        model = objects().get(found.collection) if found else None
        if found is None or model is None or not Recycled.objects.visible_to(actor, model).filter(pk=pk).exists():
            raise NotFound("回收站里没有这条记录，或您无权恢复")
        _refuse_over(found.changeset)
        merged = found.changeset.verb == "merge"  # whoever was merged comes back with all that was taken from it
        back = take_back(found.changeset, actor, only=None if merged else {found.record})
        _refuse_nothing(back)
        if merged:
            _refuse_beyond(found.changeset, back, actor)
        _mark(found.changeset, back)
        if not Recycled.objects.filter(changeset=found.changeset, restored_at__isnull=True).exists():
            _over(found.changeset, actor)
    return {"collection": found.collection, "id": found.record, "label": found.title}


def recycled(collection: str, actor: Any, after: int = 0) -> dict[str, Any]:
    """The recycle bin of one object, latest first; `after` is the id of the last row shown."""
    model = find(collection)
    rows = Recycled.objects.visible_to(actor, model).select_related("changeset__actor", "owner").order_by("-pk")
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    following = found[PAGE - 1].pk if len(found) > PAGE else None
    return {"rows": [_shown(row) for row in found[:PAGE]], "next": following}


def _shown(row: Any) -> dict[str, Any]:
    who, owner = row.changeset.actor, row.owner
    return {
        "id": row.pk, "record": row.record, "label": row.title, "at": row.changeset.at.isoformat(),
        "until": row.changeset.until.isoformat(), "by": {"id": who.pk, "label": who.name},
        "owner": {"id": owner.pk, "label": owner.name} if owner else None,
    }  # fmt: skip


def _own(pk: int, actor: Actor) -> Changeset:
    found: Changeset | None = Changeset.objects.filter(pk=pk, actor_id=actor.pk).first()
    if found is None or found.collection not in objects():
        raise NotFound("没有这次操作，或不是您做的")
    permit(objects()[found.collection], found.verb if found.verb != "merge" else "delete", actor)
    return found


def _undone(pk: int, actor: Any) -> dict[str, Any]:
    with transaction.atomic():
        changeset = Changeset.objects.select_for_update().get(pk=pk)
        if changeset.undone_at:
            raise Refused("这次操作已经撤销过")
        _refuse_over(changeset)
        back = take_back(changeset, actor)
        _refuse_nothing(back)
        _refuse_beyond(changeset, back, actor)
        _over(changeset, actor)
        _mark(changeset, back)
    return {"done": len(back.done.get(objects()[changeset.collection], ())), "kept": _named(back)}


def _over(changeset: Changeset, actor: Actor) -> None:
    """All of the deed is taken back."""
    together = Changeset.objects.filter(transaction=changeset.transaction, at=changeset.at)
    together.update(undone_at=timezone.now(), undone_by=actor.pk)


def _refuse_over(changeset: Changeset) -> None:
    if changeset.over:
        raise Refused("已超过可以撤销的期限")


def _refuse_nothing(back: TakenBack) -> None:
    if not back.count:
        reasons = "；".join(dict.fromkeys(back.kept.values()))
        raise Refused(f"不能恢复：{reasons}" if reasons else "没有可以恢复的内容")


def _refuse_beyond(changeset: Changeset, back: TakenBack, actor: Any) -> None:
    """What was within her reach when she did it must be so when she takes it back: asked of the records as they are again."""
    model = objects()[changeset.collection]
    ids = back.done.get(model, set())
    merged = (
        {*Recycled.objects.filter(changeset=changeset).values_list("record", flat=True)} if changeset.verb == "merge" else set()
    )
    parts = {"delete": ids & merged, "change": ids - merged} if merged else {changeset.verb: ids}
    if any(
        model.objects.visible_to(actor, verb).filter(Q(Among("id", some))).count() < len(some) for verb, some in parts.items()
    ):
        raise Refused("其中有您现在无权处理的记录，不能撤销；请联系管理员")


def _mark(changeset: Changeset, back: TakenBack) -> None:
    ids = back.done.get(objects()[changeset.collection], set())
    Recycled.objects.filter(changeset=changeset, record__in=ids).update(restored_at=timezone.now())


def _named(back: TakenBack) -> list[dict[str, Any]]:
    """What stayed as it is, by name, one query an object."""
    told: list[dict[str, Any]] = []
    for model in {model for model, _ in back.kept}:
        reasons = {pk: why for (of, pk), why in back.kept.items() if of is model}
        names = dict(model._base_manager.filter(pk__in=reasons).values_list("pk", model.spec.title))
        shown = {"collection": model.spec.collection}
        told += [{**shown, "id": pk, "label": str(names.get(pk) or f"#{pk}"), "reason": why} for pk, why in reasons.items()]
    return told[:MOST_NAMED]
