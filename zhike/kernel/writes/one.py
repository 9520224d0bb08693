"""Writing one record: the path of HTTP, import, automation, tools and scripts alike. There is no off-switch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import ProtectedError
from django.utils import timezone

from zhike.kernel import sight
from zhike.kernel.errors import Forbidden, InUse, Invalid, Refused, Stale
from zhike.kernel.events import Changed, emit
from zhike.kernel.guards import ask_one
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.record import DERIVED
from zhike.kernel.writes import children
from zhike.kernel.writes.beside import nobody
from zhike.kernel.writes.constraints import whole
from zhike.kernel.writes.context import announce
from zhike.kernel.writes.duplicates import refuse_duplicates
from zhike.kernel.writes.numbers import give_numbers
from zhike.kernel.writes.parsing import about_nothing, answered, labels, parse
from zhike.kernel.writes.pointers import refuse_pointed_at
from zhike.kernel.writes.prepare import complete, detached
from zhike.kernel.writes.reaching import lock, reaches

BOOKKEEPING = frozenset({"updated_at", "updated_by", "version", *DERIVED})


def create(
    model: Any,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    allow_duplicates: bool = False,
    keep: Any = None,
    unfinished: bool = False,
) -> Any:
    """Add a record, owned by the actor. Raises Forbidden, Invalid, Refused, LikelyDuplicates.

    Arguments:
        data: values as JSON carries them.
        keep: system fields and states of an earlier life (负责人, 创建时间, 阶段), for those who may import.
        unfinished: what people should fill may be missing, and the record is then marked 资料不全; for a record that a flow
            makes of another one.
    """
    permit(model, "add", actor)
    if keep:
        permit(model, "import", actor)
    own, outside = children.split(model, parse(model, data, whole=True, actor=actor, unfinished=unfinished))
    record = born(model, {**own, **(keep or {})}, actor)
    record.incoming, record.unfinished = outside, unfinished
    with whole(model):
        give_numbers(model, [record])
        complete(record)
        if not allow_duplicates:
            refuse_duplicates(record, actor)
        _store(record, outside, "add", {}, actor, fields=None)
    return record


def update(record: Any, data: Mapping[str, Any], *, actor: Actor, version: int | None = None) -> Any:
    """Change a record. Raises NotFound, Invalid, Refused, Stale (with both values) when it changed since `version`."""
    with whole(type(record)):
        record = lock(type(record), record.pk, "change", actor)
        data = without_masks(record, data, actor)
        values = parse(type(record), data, whole=False, actor=actor, record=record)
        if version is not None and version != record.version:
            raise stale(record, data, actor)
        own, outside = children.split(type(record), values)
        before, linked = snapshot(record), not detached(record)
        refuse_closed(record, own)
        refuse_unexplained(record, own, actor)
        fill(record, own)
        if linked and detached(record):
            raise about_nothing(type(record))
        save(record, outside, "change", before, actor)
    return record


def act(record: Any, name: str, data: Mapping[str, Any] | None = None, *, actor: Actor, version: int | None = None) -> Any:
    """Run a declared action and return what it returns. Raises NotFound, Invalid, Refused, Stale.

    Taken is taken: one that leaves the record as it was is asked about and told to whoever wants to know like any other.

    Arguments:
        data: the answers to the action's form; `to` chooses among several target states.
    """
    model = type(record)
    action = model.actions()[name]
    with whole(model):
        locked = lock(model, record.pk, name, actor)
        if version is not None and version != locked.version:
            raise stale(locked, {}, actor)
        before = snapshot(locked)
        answers = understood(action, locked, data or {}, actor)
        action.gather([locked])
        result = take(action, locked, answers, actor)
        if not save(locked, {}, name, before, actor, leaves_scope=action.leaves_scope):
            ask_one(locked, name, (), before, actor)
            emit(Changed(actor=actor, record=locked, verb=name, before=before, after=before))
    return result


def run(action: Any, record: Any, data: Mapping[str, Any], actor: Actor) -> Any:
    """Take the action on a locked record, without saving it. Raises Refused, Invalid."""
    return take(action, record, understood(action, record, data, actor), actor)


def understood(action: Any, record: Any, data: Mapping[str, Any], actor: Actor) -> tuple[str, list[Any]]:
    """The state it leads to and the form as answered. Raises Refused where the action is not open to the record, Invalid."""
    answers = dict(data)
    if reason := action.why_not(record):
        raise Refused(reason)
    target = _target(action, record, answers)
    form = [action.input(**answered(action.input.fields, answers, actor))] if action.input else []
    if not action.input and answers:
        raise Invalid.of(dict.fromkeys(answers, "没有这个字段"))
    return target, form


def take(action: Any, record: Any, answers: tuple[str, list[Any]], actor: Actor) -> Any:
    target, form = answers
    if target:
        setattr(record, action.state, target)
    return action.run(record, actor, *form)


def transfer(record: Any, to: Any, *, actor: Actor, version: int | None = None, beside: bool = False) -> Any:
    """转交: hand a record to another person; it may leave the actor's sight.

    Arguments:
        beside: its collaborators (协作人) stay. Otherwise whoever has it now chooses her own.
    """
    with whole(type(record)):
        record = lock(type(record), record.pk, "transfer", actor)
        if version is not None and version != record.version:
            raise stale(record, {}, actor)
        before = snapshot(record)
        record.owner_id, record.department_id = to.pk, to.department_id
        outside = {} if beside or before["owner"] == to.pk else nobody(record)
        save(record, outside, "transfer", before, actor, leaves_scope=True)
    return record


def delete(record: Any, *, actor: Actor, version: int | None = None) -> None:
    """Remove a record with its lines. Raises NotFound, Stale, InUse naming what still points to it."""
    model = type(record)
    with whole(model):
        record = lock(model, record.pk, "delete", actor)
        if version is not None and version != record.version:
            raise stale(record, {}, actor)
        refuse_pointed_at(model, [record.pk])
        before = snapshot(record)
        ask_one(record, "delete", before, before, actor)
        announce(actor, "delete")
        try:
            record.delete()
        except ProtectedError as error:
            raise in_use(error) from None
        record.pk = before["id"]  # Django takes it away, but whoever is told must know which one it was
        emit(Changed(actor=actor, record=record, verb="delete", before=before, after={}))


# -- the steps all of them share -----------------------------------------------------------------------------


def permit(model: Any, verb: str, actor: Actor) -> None:
    """Raise Forbidden when the verb is not granted at all."""
    if actor.reach(verb, model) is Reach.NONE:
        raise Forbidden(f"您没有对{model.spec.label}执行此操作的权限")


def born(model: Any, values: Mapping[str, Any], actor: Actor) -> Any:
    """A new record of this actor, not yet saved."""
    now = timezone.now()
    record = model(created_at=now, updated_at=now, created_by_id=actor.pk, updated_by_id=actor.pk)
    record.owner_id, record.department_id = actor.pk, actor.department_id
    fill(record, values)
    return record


def refuse_closed(record: Any, values: Mapping[str, Any]) -> None:
    """A retired option may stay where it stands, and be chosen nowhere else. Raises Invalid."""
    kinds = record.kinds()
    closed = {n: kinds[n].closed(value, getattr(record, kinds[n].attname)) for n, value in values.items()}
    if wrong := {name: reason for name, reason in closed.items() if reason}:
        raise Invalid.of(wrong, labels(kinds))


def refuse_unexplained(record: Any, values: Mapping[str, Any], actor: Actor) -> None:
    """What stands is changed by people only together with a reason; the history keeps both. Raises Invalid beside the reason."""
    kinds, wrong = record.kinds(), {}
    for name, value in values.items():
        reason, before = kinds[name].explained, getattr(record, kinds[name].attname)
        if reason and actor.pk is not None and not values.get(reason) and before != value and not kinds[name].is_empty(before):
            wrong[reason] = f"修改{kinds[name].label}须说明原因"
    if wrong:
        raise Invalid.of(wrong, labels(kinds))


def without_masks(record: Any, data: Mapping[str, Any], actor: Actor) -> Mapping[str, Any]:
    """What is to be changed; a mask that comes back as it was shown (138****1234) is no new value."""
    masked = [n for n, s in sight.rules(type(record), actor).items() if s is sight.Sight.MASKED and data.get(n)]
    same = {n for n in masked if data[n] == sight.shown(type(record), n, _stored(record, n), actor)}
    return {n: value for n, value in data.items() if n not in same}


def _stored(record: Any, name: str) -> Any:
    kind = record.kinds()[name]
    return kind.plain(getattr(record, kind.attname))


def fill(record: Any, values: Mapping[str, Any]) -> None:
    kinds = record.stored()
    for name, value in values.items():
        setattr(record, kinds[name].attname, value)


def snapshot(record: Any) -> dict[str, Any]:
    """Plain values of the record's own row, those that no screen shows included (权限 of a role, a password)."""
    return {x.name: getattr(record, x.attname) for x in record._meta.concrete_fields if x.name not in DERIVED}


def bring_back(record: Any, before: Mapping[str, Any]) -> None:
    """Undo in memory what happened since a snapshot."""
    for name, value in before.items():
        setattr(record, record._meta.get_field(name).attname, value)


def save(
    record: Any, outside: dict[str, Any], verb: str, before: dict[str, Any], actor: Actor, *, leaves_scope: bool = False
) -> bool:
    """Store what differs from `before`, and say whether anything does; an update that changes nothing writes nothing."""
    record.incoming = outside
    complete(record, before)
    changed = [n for n, v in snapshot(record).items() if before[n] != v and n not in BOOKKEEPING]
    if not changed and not outside:
        return False
    record.version += 1
    record.updated_at, record.updated_by_id = timezone.now(), actor.pk
    _store(record, outside, verb, before, actor, fields=[*changed, *BOOKKEEPING], leaves_scope=leaves_scope)
    return True


def _store(
    record: Any,
    outside: dict[str, Any],
    verb: str,
    before: dict[str, Any],
    actor: Actor,
    *,
    fields: list[str] | None,
    leaves_scope: bool = False,
) -> None:
    announce(actor, verb)
    record.save(force_insert=fields is None, update_fields=fields)
    children.save(record, outside)
    ask_one(record, verb, {*(fields or snapshot(record)), *outside} - BOOKKEEPING, before, actor)
    if not leaves_scope and not reaches(type(record), record.pk, verb, actor):
        raise Refused("保存后的记录将超出您的权限范围，未保存")
    emit(Changed(actor=actor, record=record, verb=verb, before=before, after=snapshot(record)))


def _target(action: Any, record: Any, answers: dict[str, Any]) -> str:
    """The state the action leads to. Raises Invalid when the caller must choose and did not."""
    targets = action.leads(type(record))
    if len(action.targets) < 2:
        return targets[0] if targets else ""
    chosen = answers.pop("to", None)
    if chosen in targets and chosen == getattr(record, action.state):
        raise Refused(f"已经是“{record.kinds()[action.state].labels()[chosen]}”")
    if chosen not in targets:
        raise Invalid.of({"to": f"应为 {'、'.join(targets)} 之一"})
    return str(chosen)


def stale(record: Any, data: Mapping[str, Any], actor: Actor) -> Stale:
    """Both values of every field that the caller wanted to change and that stands otherwise now."""
    kinds = record.kinds()
    mine = {n: kinds[n].parse(v) for n, v in data.items() if kinds[n].in_row}
    fields = {
        n: {"yours": data[n], "theirs": sight.shown(type(record), n, _stored(record, n), actor)}
        for n, value in mine.items()
        if value != getattr(record, kinds[n].attname)
    }
    return Stale("这条记录在您打开之后已被别人修改，请核对后再保存", fields, version=record.version)


def in_use(error: ProtectedError) -> InUse:
    return InUse(in_use_by({type(o).spec.label for o in error.protected_objects if hasattr(type(o), "spec")}))


def in_use_by(labels: set[str]) -> str:
    """What people are told of a record that these objects still point to."""
    return f"还有{'、'.join(sorted(labels)) or '其他记录'}引用它，不能删除"
