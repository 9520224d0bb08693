"""The wizard behind 离职交接: a preview with counts, the closing at once, the handing over as a job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from zhike.features.jobs.models import Job
from zhike.features.jobs.run import Run, job, start
from zhike.kernel import writes
from zhike.kernel.errors import Invalid, NotFound, Refused
from zhike.kernel.kinds.references import identifier
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import every_object, find
from zhike.kernel.writes.beside import take_out
from zhike.kernel.writes.one import permit
from zhike.org.closing import close
from zhike.org.objects.person import Person

KIND, LEAVE = "leaving", "leave"
MOST_HEIRS = 50
Heirs = dict[str, list[int]]


def preview(pk: int, actor: Actor) -> dict[str, Any]:
    """What she owns, object by object, and what else names her as the one in charge. Raises NotFound, Forbidden."""
    person = _leaving(pk, actor)
    owned = [(c, m.spec.label, _owned(m, pk).count()) for c, m in _handed_over().items()]
    heads = [(f"{c}.{name}", f"{m.spec.label}·{k.label}", rows.count()) for c, m, name, k, rows in _heads(pk)]
    beside = [(f"{c}.{name}", f"{m.spec.label}·{m.kinds()[name].label}", rows.count()) for c, name, m, rows in _beside(pk)]
    told = [{"key": key, "label": label, "count": count} for key, label, count in (*owned, *heads, *beside) if count]
    return {"person": {"id": pk, "label": str(person)}, "closed": person.gone, "rows": told}


@transaction.atomic
def leave(pk: int, data: dict[str, Any], actor: Actor) -> Job:
    """Close her account now and queue the handing over.

    Arguments:
        data: {"to": [person, …], "collections": {"customers": [person, …]}}; several share an object evenly.

    Raises NotFound, Forbidden, Invalid, Refused.
    """
    person = _leaving(pk, actor)
    heirs = _heirs(pk, data)
    if not person.gone:
        close(person, actor=actor)
    return start(KIND, f"交接 {person} 的工作", {"person": pk, "heirs": heirs}, actor=actor)


@job(KIND)
def hand_over(run: Run, person: int, heirs: Heirs) -> dict[str, Any]:
    """Everything she owns goes to whom it was meant for; what the one who ordered it may not hand over is told."""
    people, done, left = Person.objects.in_bulk({pk for ids in heirs.values() for pk in ids}), {}, {}
    if run.actor.reach(LEAVE, Person) is Reach.NONE or any(one.gone for one in people.values()):
        raise Refused("接收人中有人已停用，或您已无权办理离职，未做任何修改")
    for collection, model in _handed_over().items():
        to = [people[pk] for pk in heirs.get(collection, heirs[""])]
        done[collection] = _divide(run, model, person, to)
        if rest := _owned(model, person).count():
            left[collection] = rest
    for collection, model, name, _, rows in _heads(person):
        ids = list(rows.values_list("pk", flat=True))
        first = heirs[""][0]
        done[f"{collection}.{name}"] = len(
            writes.update_many(model.objects.filter(pk__in=ids), {name: first}, actor=run.actor).done
        )
    for collection, name, model, _ in _beside(person):
        done[f"{collection}.{name}"] = len(take_out(model, actor=run.actor, person=person))
    return {"done": {key: n for key, n in done.items() if n}, "left": left}


def _divide(run: Run, model: Any, person: int, to: list[Any]) -> int:
    """Deal the records out like cards, in the order of their age; who works on them beside her goes on (协作人)."""
    ids = list(_owned(model, person).order_by("pk").values_list("pk", flat=True))
    count = 0
    for place, heir in enumerate(to):
        chosen = model.objects.filter(pk__in=ids[place :: len(to)])
        count += len(writes.transfer_many(chosen, heir, actor=run.actor, beside=True).done)
    run.progress(count)
    return count


def _leaving(pk: int, actor: Actor) -> Any:
    """Whoever leaves, if the actor may see to it."""
    permit(Person, LEAVE, actor)
    person = Person.objects.visible_to(actor, LEAVE).filter(pk=pk).first()
    if person is None:
        raise NotFound()
    if pk == actor.pk:
        raise Refused("不能办理自己的离职")
    return person


def _handed_over() -> dict[str, Any]:
    """Objects whose records belong to somebody and can be handed over: a task or a customer, not a personal view, nor what the
    program wrote down of her (业绩, 分单记录)."""
    return {c: m for c, m in every_object().items() if m.spec.menu and m is not Person and not m.withholds("transfer")}


def _owned(model: Any, person: int) -> Any:
    return model._base_manager.filter(owner_id=person)


def _heads(person: int) -> Iterator[tuple[str, Any, str, Any, Any]]:
    """Editable references that put her in charge of people and departments."""
    for collection in (Person.spec.collection, Person.kinds()["department"].target.spec.collection):
        model = find(collection)
        for name, kind in model.declared().items():
            if kind.kind == "person" and not kind.system and kind.editable:
                yield collection, model, name, kind, model._base_manager.filter(**{f"{name}_id": person})


def _beside(person: int) -> Iterator[tuple[str, str, Any, Any]]:
    """Records she works on beside their owner: of these she is taken out, and nobody takes her place."""
    for collection, model in every_object().items():
        if name := model.spec.collaborators:
            yield collection, name, model, model._base_manager.filter(**{name: person})


def _heirs(pk: int, data: dict[str, Any]) -> Heirs:
    """To whom what goes: under "" whatever is not named. Raises Invalid."""
    special = data.get("collections") or {}
    if set(data) - {"to", "collections"} or not isinstance(special, dict) or set(special) - set(_handed_over()):
        raise Invalid.of({"to": "应为 {to: […], collections: {对象: […]}}"}, LABELS)
    heirs = {"": _people(data.get("to")), **{c: _people(ids) for c, ids in special.items()}}
    found = {p.pk for p in Person.objects.filter(pk__in={i for ids in heirs.values() for i in ids}) if not p.gone}
    if pk in found or any(set(ids) - found for ids in heirs.values()):
        raise Invalid.of({"to": "接收人应为启用的同事，不能是离职者本人"}, LABELS)
    return heirs


LABELS = {"to": "接收人"}


def _people(ids: Any) -> list[int]:
    if not isinstance(ids, list) or not 1 <= len(ids) <= MOST_HEIRS:
        raise Invalid.of({"to": f"请选择 1 到 {MOST_HEIRS} 位接收人"}, LABELS)
    try:
        return list(dict.fromkeys(identifier(i) for i in ids))
    except ValueError as error:
        raise Invalid.of({"to": str(error)}, LABELS) from None
