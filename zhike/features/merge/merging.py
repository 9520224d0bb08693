"""合并记录: one is kept, the others go into it. All in one transaction, whose audit is enough to undo it exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ProtectedError

from zhike.features.merge import joining, repointing
from zhike.features.undo import hanging
from zhike.features.undo.models import Changeset
from zhike.features.undo.noting import note, recycle
from zhike.kernel import sight
from zhike.kernel.errors import Invalid, NotFound, Refused
from zhike.kernel.events import ChangedMany, emit
from zhike.kernel.guards import Held, Intent, ask, ask_one
from zhike.kernel.kinds.references import Ref
from zhike.kernel.reach import Actor
from zhike.kernel.record import DERIVED, scope_of
from zhike.kernel.writes import one
from zhike.kernel.writes.constraints import whole
from zhike.kernel.writes.context import announce
from zhike.kernel.writes.reaching import lock

MOST, VERB = 5, "merge"


@dataclass(frozen=True)
class Merger:
    """What is asked for.

    Arguments:
        keep: the record that stays; others: those that go into it.
        fields: field → the record whose value it takes. What is not named keeps its own value, or takes the first
            there is; tags, several references, files and lines come together.
    """

    keep: int
    others: Sequence[int]
    fields: Mapping[str, int] = field(default_factory=dict)


def merge(model: Any, asked: Merger, *, actor: Actor) -> tuple[Any, int]:
    """Make one of several; returns it and the changeset by which they part again. Raises NotFound, Invalid, Refused."""
    _check(model, asked, actor)
    try:
        return _merged(model, asked, actor)
    except Held as held:
        raise Refused(f"{held.message}；请先走审批，再合并") from None


def _merged(model: Any, asked: Merger, actor: Actor) -> tuple[Any, int]:
    with whole(model):
        kept = _kept(model, asked.keep, actor)
        others = _others(model, asked.others, actor)
        before = one.snapshot(kept)
        values, outside = joining.joined(kept, others, asked.fields)
        announce(actor, VERB)
        touched = repointing.repoint(model, kept.pk, [r.pk for r in others])
        changeset = note(model, VERB, [kept, *others], actor)
        recycle(changeset, model, others)
        _hang(changeset, hanging.move(model, kept.pk, [r.pk for r in others]))
        _let_go(model, [r.pk for r in others])
        ask(Intent(actor=actor, model=model, verb="delete", records=others, changed=_whole(others)))
        one.fill(kept, values)
        _cut_circles(kept, {kept.pk, *asked.others})
        changed = {n for n, v in one.snapshot(kept).items() if before[n] != v} | outside.keys()
        one.save(kept, outside, VERB, before, actor, leaves_scope=True)
        ask_one(kept, "change", changed, before, actor)
        for source, ids in touched.items():
            _tell(source, ids, actor)
    return kept, changeset


def _whole(records: list[Any]) -> dict[int, frozenset[str]]:
    return {r.pk: frozenset(r.kinds()) for r in records}


def _check(model: Any, asked: Merger, actor: Actor) -> None:
    if not model.spec.merge:
        raise NotFound("没有这个操作")
    if not 1 <= len(asked.others) < MOST or len({asked.keep, *asked.others}) != len(asked.others) + 1:
        raise Invalid.of({"others": f"应为另外 1 到 {MOST - 1} 条不同的记录"}, {"others": "并入的记录"})
    known = {n for n, k in model.kinds().items() if k.editable}
    wrong = {n: "没有这个字段，或不能选择" for n in asked.fields if n not in known} | sight.refused(model, asked.fields, actor)
    wrong |= {n: "应为参与合并的记录" for n, pk in asked.fields.items() if n in known and pk not in {asked.keep, *asked.others}}
    if wrong:
        raise Invalid.of(wrong, {n: model.kinds()[n].label for n in wrong if n in known})


def _kept(model: Any, pk: int, actor: Actor) -> Any:
    """The record that stays: open to the actor by her own roles, since with whom the others are shared will see it, too.

    Raises NotFound, Refused.
    """
    found = lock(model, pk, "change", actor)
    if not model.objects.visible_to(actor).filter(pk=pk).exists():
        raise NotFound()
    if not model._base_manager.filter(scope_of(model, actor, actor.reach("change", model)), pk=pk).exists():
        raise Refused("这条记录只是共享给您的，不能把别的记录并入它")
    return found


def _others(model: Any, ids: Sequence[int], actor: Actor) -> list[Any]:
    """The records that go, in the order they were named: one must be allowed to see and to delete them."""
    visible = deletable(model, actor).defer(*DERIVED).select_for_update(of=("self",))
    found = {r.pk: r for r in visible.filter(pk__in=ids).order_by("pk")}
    if len(found) < len(ids):
        raise Refused("其中有记录不存在，或您无权删除，所以不能合并")
    return [found[pk] for pk in ids]


def deletable(model: Any, actor: Actor) -> Any:
    """What the actor sees and may delete."""
    return model.objects.visible_to(actor, "delete").filter(pk__in=model.objects.visible_to(actor).values("pk"))


def _let_go(model: Any, ids: list[int]) -> None:
    """Nothing points to them any more; should something unknown to the registry do so, it says no. Raises InUse."""
    try:
        model._base_manager.filter(pk__in=ids).delete()
    except ProtectedError as error:
        raise one.in_use(error) from None


def _hang(changeset: int, moved: hanging.Moved) -> None:
    """Several merges of one job are one deed, undone together."""
    deed = Changeset.objects.get(pk=changeset)
    deed.moved = {table: {**deed.moved.get(table, {}), **rows} for table, rows in ({**deed.moved, **moved}).items()}
    Changeset.objects.filter(pk=changeset).update(moved=deed.moved)


def _cut_circles(kept: Any, ids: set[int]) -> None:
    """What pointed to one of those merged would now point to itself."""
    for kind in kept.kinds().values():
        if isinstance(kind, Ref) and kind.target is type(kept) and getattr(kept, kind.attname) in ids:
            setattr(kept, kind.attname, None)


def _tell(source: Any, ids: set[int], actor: Actor) -> None:
    records = list(source._base_manager.filter(pk__in=ids).defer(*DERIVED))
    emit(ChangedMany(actor=actor, model=source, records=records, verb=VERB))
