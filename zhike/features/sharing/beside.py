"""协作人: whoever stands beside the owner sees and changes the record, because its field says so (`Spec.collaborators`).

The field alone decides: whoever is taken out of it, by hand, file, merge or undoing, is out of the record with that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from zhike.features.notify.tell import tell_each
from zhike.kernel.events import Written, on_written
from zhike.kernel.guards import Barred, Intent, guard
from zhike.kernel.reach import Actor
from zhike.kernel.record import MAKING, scope_of
from zhike.kernel.sight import Sight, sight
from zhike.words.catalogue import word


def beside(model: Any, pk: int, actor: Actor) -> list[dict[str, Any]]:
    """Whom the record is open to as its collaborators, as far as the actor may know, by name."""
    name = model.spec.collaborators
    if not name or sight(model, name, actor) is Sight.HIDDEN:
        return []
    kind = model.declared()[name]
    links = kind.remote_field.through._default_manager.filter(**{f"{kind.m2m_field_name()}_id": pk})
    people = kind.target._base_manager.filter(pk__in=links.values(f"{kind.m2m_reverse_field_name()}_id")).order_by("name", "pk")
    return [
        {"to": {"collection": kind.target.spec.collection, "id": p.pk, "label": str(p)}, "as": word(kind.label)} for p in people
    ]


def collaborates(record: Any, person: Any) -> bool:
    """Whether somebody is one of its collaborators."""
    name = record.spec.collaborators
    return bool(name) and bool(getattr(record, name).filter(pk=person.pk).exists())


@guard
def chosen_by_those_who_reach_it(intent: Intent) -> None:
    """Whom a record is only shared with, or who is a collaborator herself, brings nobody along and shuts nobody out.

    Of a new record its maker says who works on it with her. Who acts for another keeps nothing of it when that is over.
    Raises Barred.
    """
    model, name = intent.model, intent.model.spec.collaborators
    moved = {record.pk for record in intent.records if name in record.relinked} if name else set()
    delegate = getattr(intent.actor, "delegate", None)
    if delegate and any(delegate.pk in record.relinked[name][0] for record in intent.records if record.pk in moved):
        raise Barred(dict.fromkeys(moved, f"代理期间不能请自己做{model.kinds()[name].label}，请由本人办理"))
    if not moved or intent.verb in (*MAKING, "transfer"):  # whoever may hand it over says whether they stay
        return
    own = scope_of(model, intent.actor, intent.actor.reach("change", model))
    if foreign := moved.difference(model._base_manager.filter(own, pk__in=moved).values_list("pk", flat=True)):
        raise Barred(dict.fromkeys(foreign, f"这条{model.spec.label}只是共享给您的，不能增减{model.kinds()[name].label}"))


@on_written
def tell_those_who_joined(event: Written) -> None:
    """Whoever was chosen hears of it: of the one record, or of how many."""
    model: Any = event.model
    name = model.spec.collaborators if event.verb != "delete" else ""
    joined: dict[int, list[Any]] = defaultdict(list)
    for record in event.records if name else ():
        for person in record.relinked.get(name, ((), ()))[0]:
            joined[person].append(record)
    if joined:
        tell_each(_words(model, model.kinds()[name].label, joined, event.actor), actor=event.actor)


def _words(model: Any, role: str, joined: dict[int, list[Any]], actor: Actor) -> Iterator[tuple[int, str, Any]]:
    who, label = getattr(actor, "name", "系统"), model.spec.label
    for person, records in joined.items():
        if len(records) == 1:
            yield person, f"{who}请您做{label}“{records[0]}”的{role}", records[0]
        else:
            yield person, f"{who}请您做 {len(records)} 条{label}的{role}", model
