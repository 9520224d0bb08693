"""Writing many records at once: a fixed number of statements however many rows. Same gate, same rules, same audit as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from zhike.kernel import sight
from zhike.kernel.errors import Invalid, Problem
from zhike.kernel.events import ChangedMany, emit
from zhike.kernel.guards import Barred, Held, Intent, ask
from zhike.kernel.kinds.choices import Several
from zhike.kernel.kinds.completeness import look_beside
from zhike.kernel.reach import Actor
from zhike.kernel.record import DERIVED
from zhike.kernel.writes import bulk, children, one
from zhike.kernel.writes.beside import nobody
from zhike.kernel.writes.constraints import whole
from zhike.kernel.writes.context import announce
from zhike.kernel.writes.numbers import give_numbers
from zhike.kernel.writes.parsing import about_nothing, labels, parse
from zhike.kernel.writes.prepare import complete, detached

CHUNK = 2000
PLAIN = ("change", "transfer")
"""What is nothing where it changes nothing; an action is done all the same."""


@dataclass
class Outcome:
    """What a set-based write did.

    Arguments:
        done: ids of the records written.
        same: ids of those that were already as they should be, and were not written.
        refused: id of a record → why it was left alone.
        notes: what else whoever wanted it should know.
    """

    done: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        self.done += other.done
        self.same += other.same
        self.refused |= other.refused
        self.notes += other.notes

    def left(self, model: Any) -> list[dict[str, Any]]:
        """Each record that was left alone, by its name and with the reason; one query."""
        names = dict(model._base_manager.filter(pk__in=self.refused).values_list("pk", model.spec.title))
        shown = {"collection": model.spec.collection}
        return [{**shown, "id": pk, "label": str(names.get(pk) or f"#{pk}"), "reason": why} for pk, why in self.refused.items()]


def create_many(model: Any, rows: Iterable[Mapping[str, Any]], *, actor: Actor) -> list[Any]:
    """Add records whose values are already stored values (as kinds parse them). Raises Forbidden, Invalid, Refused, Barred.

    Arguments:
        rows: values by field name; system fields and states only for those who may import. Child lines as lists of values.
    """
    one.permit(model, "add", actor)
    parted = [children.split(model, dict(row)) for row in rows]
    given = {name for own, _ in parted for name in own}
    if wrong := sight.refused(model, dict.fromkeys(given), actor):
        raise Invalid.of(wrong, labels(sight.readable(model, actor)))
    _permit_keeping(model, given, actor)
    born = [one.born(model, own, actor) for own, _ in parted]
    for record, (_, outside) in zip(born, parted, strict=True):
        record.incoming = outside
    with whole(model):
        give_numbers(model, born)
        model.gather(born)
        for record in born:
            complete(record)
        announce(actor, "add")
        bulk.insert(model, born)
        children.save_many(model, born)
        _ask_of_new(model, born, actor)
        emit(ChangedMany(actor=actor, model=model, records=born, verb="add"))
    return born


def _permit_keeping(model: Any, given: set[str], actor: Actor) -> None:
    """Keeping owner, dates or stage of an earlier life is for those who may import."""
    if any(not model.stored()[name].editable for name in given):
        one.permit(model, "import", actor)


def update_many(rows: Any, data: Mapping[str, Any], *, actor: Actor) -> Outcome:
    """Give these records the same values. `data` as JSON carries it. Raises Invalid when a value is wrong."""
    own, outside = children.split(rows.model, parse(rows.model, data, whole=False, actor=actor))
    if outside:
        raise Invalid.of(dict.fromkeys(outside, "只能逐条修改"), {n: rows.model.kinds()[n].label for n in outside})

    def change(record: Any) -> None:
        linked = not detached(record)
        one.refuse_closed(record, own)
        one.refuse_unexplained(record, own, actor)
        one.fill(record, own)
        if linked and detached(record):
            raise about_nothing(rows.model)

    return _each(rows, "change", change, actor)


def tag_many(rows: Any, name: str, add: list[Any], remove: list[Any], *, actor: Actor) -> Outcome:
    """批量标签: give these records some words more and take others away; what else they carry stays. Raises Invalid."""
    kind = rows.model.kinds().get(name)
    if not isinstance(kind, Several):
        raise Invalid.of({name: "不是标签或多选"})
    given, taken = (parse(rows.model, {name: words}, whole=False, actor=actor)[name] for words in (add, remove))

    def change(record: Any) -> None:
        kept = [w for w in getattr(record, kind.attname) or [] if w not in taken]
        values = parse(rows.model, {name: [*kept, *given]}, whole=False, actor=actor)
        one.refuse_closed(record, values)
        one.fill(record, values)

    return _each(rows, "change", change, actor)


def put_many(rows: Any, name: str, value: Callable[[Any], Any], *, actor: Actor) -> Outcome:
    """Give a field of each of these records a stored value of its own, states and read-only fields included (选项合并).

    For what an administrator decides about a field itself; whoever fills in records has `update_many` and actions.
    """
    kind = rows.model.kinds()[name]
    return _each(rows, "change", lambda record: setattr(record, kind.attname, value(record)), actor)


def act_many(rows: Any, name: str, data: Mapping[str, Any] | None = None, *, actor: Actor) -> Outcome:
    """Take one action on all these records; those it is not open to are named with the reason."""
    action = rows.model.actions()[name]
    return _each(rows, name, lambda record: one.run(action, record, data or {}, actor), actor, gather=action.gather)


def transfer_many(rows: Any, to: Any, *, actor: Actor, beside: bool = False) -> Outcome:
    """批量转交: hand all these records to one person; their collaborators (协作人) stay where `beside` says so."""

    def hand_over(record: Any) -> None:
        if not beside and record.owner_id != to.pk:
            record.incoming = nobody(record)
        record.owner_id, record.department_id = to.pk, to.department_id

    return _each(rows, "transfer", hand_over, actor)


def restore_many(model: Any, records: list[Any], fields: list[str], *, actor: Actor, verb: str) -> None:
    """Store these fields of records that were brought to other values (导入更新、撤销导入), and links and lines that come along.

    Same audit, same rules.
    """
    with whole(model):
        _save(model, records, dict.fromkeys((r.pk for r in records), frozenset(fields)), verb, actor)


def _each(rows: Any, verb: str, change: Any, actor: Actor, *, gather: Callable[[list[Any]], None] | None = None) -> Outcome:
    """Change every record in memory, write the changed ones back with one statement a chunk."""
    outcome = Outcome()
    with whole(rows.model):
        for chunk in locked(rows, verb, actor):
            if gather:
                gather(chunk)
            outcome.add(_change_chunk(rows.model, chunk, verb, change, actor))
    return outcome


def _change_chunk(model: Any, chunk: list[Any], verb: str, change: Any, actor: Actor) -> Outcome:
    outcome = Outcome()
    before = {record.pk: one.snapshot(record) for record in chunk}
    changed = _tried(change, chunk, outcome)
    model.gather(changed)
    look_beside(model, changed)
    changed = _tried(complete, changed, outcome)
    touched = {r.pk: frozenset(n for n, v in one.snapshot(r).items() if before[r.pk][n] != v) for r in changed}
    moved = [r for r in changed if touched[r.pk] or verb not in PLAIN]
    outcome.same += [r.pk for r in changed if not touched[r.pk] and verb in PLAIN]
    outcome.done += [r.pk for r in _save_what_may_stand(model, moved, touched, verb, actor, outcome)]
    return outcome


def _tried(step: Callable[[Any], None], records: list[Any], outcome: Outcome) -> list[Any]:
    """Those the step could be taken on; the others are noted with the reason."""
    good = []
    for record in records:
        try:
            step(record)
        except Problem as error:
            outcome.refused[record.pk] = error.message
        else:
            good.append(record)
    return good


Touched = Mapping[int, frozenset[str]]


def _save_what_may_stand(
    model: Any, changed: list[Any], touched: Touched, verb: str, actor: Actor, outcome: Outcome
) -> list[Any]:
    """Nothing is stored as long as some may not stand, or not yet: these are noted, and the others tried again without them."""
    while changed:
        try:
            with whole(model):
                _save(model, changed, touched, verb, actor)
        except (Held, Barred) as kept:
            outcome.refused |= kept.reasons
            changed = [record for record in changed if record.pk not in kept.reasons]
            for record in changed:
                record.version -= bool(touched[record.pk])
        else:
            break
    return changed


def _save(model: Any, records: list[Any], touched: Touched, verb: str, actor: Actor) -> None:
    """Store those that are otherwise than before; what was done on the others happened all the same."""
    written, now = [record for record in records if touched[record.pk]], timezone.now()
    for record in written:
        record.updated_at, record.updated_by_id = now, actor.pk
        record.version += 1
    announce(actor, verb)
    fields = tuple(sorted({n for r in written for n in touched[r.pk]}))
    bulk.update(model, written, sorted({*fields, *one.BOOKKEEPING}))
    children.save_each(model, records)
    ask(Intent(actor=actor, model=model, verb=verb, records=records, changed=touched))
    emit(ChangedMany(actor=actor, model=model, records=records, verb=verb, fields=fields))


def _ask_of_new(model: Any, born: list[Any], actor: Actor) -> None:
    try:
        ask_of_all(model, born, "add", [*model.kinds()], actor)
    except Barred as barred:
        places = {record.pk: place for place, record in enumerate(born)}
        raise Barred({places[pk]: why for pk, why in barred.reasons.items()}) from None


def ask_of_all(model: Any, records: list[Any], verb: str, names: list[str], actor: Actor) -> None:
    """Whether all of these may be added or may go."""
    changed = dict.fromkeys((r.pk for r in records), frozenset(names))
    ask(Intent(actor=actor, model=model, verb=verb, records=records, changed=changed))


def locked(rows: Any, verb: str, actor: Actor) -> Iterator[list[Any]]:
    """The rows the actor may do this to, locked, chunk by chunk in the order of their ids."""
    last = 0
    allowed = rows.filter(pk__in=rows.model.objects.visible_to(actor, verb).values("pk")).order_by("pk")
    while chunk := list(allowed.filter(pk__gt=last).defer(*DERIVED).select_for_update(of=("self",))[:CHUNK]):
        yield chunk
        last = chunk[-1].pk
