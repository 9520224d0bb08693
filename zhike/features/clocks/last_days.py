"""到期的事实: days with whose end something runs out, as objects declare them; no clock runs, the day itself says it all.

What is over stands elsewhere (逾期应收款, 公共池): here is only what can still be done in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhike.kernel.query import filters
from zhike.kernel.query.relative import end_of
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects
from zhike.kernel.sight import askable
from zhike.kernel.spec import LastDay
from zhike.org.objects.person import Person
from zhike.words.catalogue import word


@dataclass(frozen=True)
class Ending:
    """One record that runs out with the end of a day."""

    model: Any
    declared: LastDay
    record: int
    title: str
    day: Any
    person: int | None
    since: datetime

    @property
    def source(self) -> str:
        return f"{self.model.spec.collection}.{self.declared.day}"

    @property
    def due_at(self) -> datetime:
        return end_of(self.day)


def endings(wanted: Any, actor: Actor, most: int) -> list[Ending]:
    """The first so many of each kind that the actor may see, by `Wanted`."""
    return [ending for model, last in _declared(wanted, actor) for ending in _of(model, last, wanted, actor, most)]


def _declared(wanted: Any, actor: Actor) -> Iterator[tuple[Any, LastDay]]:
    for collection, model in objects().items():
        if wanted.collection in ("", collection) and model.spec.last_days and actor.reach("view", model) is not Reach.NONE:
            known = askable(model, actor)
            yield from ((model, last) for last in model.spec.last_days if last.day in known)


def _of(model: Any, last: LastDay, wanted: Any, actor: Actor, most: int) -> Iterator[Ending]:
    today = timezone.localdate()
    still = filters.condition(model, last.open or model.spec.pending, actor)
    rows = model.objects.visible_to(actor).filter(still, **{f"{last.day}__gte": today})
    rows = rows.annotate(responsible=Coalesce(F(f"{last.person}_id"), F("owner_id")))
    if wanted.due is not None:
        rows = rows.filter(**{f"{last.day}__lte": today + timedelta(wanted.due)})
    if wanted.collection:
        rows = rows.filter(pk=wanted.record)
    if wanted.mine:
        rows = rows.filter(responsible=actor.pk)
    if wanted.after is not None:
        rows = rows.filter(_beyond(wanted.after, model, last))
    whose = f"{last.of}__{model.kinds()[last.of].target.spec.title}" if last.of in askable(model, actor) else model.spec.title
    told = rows.order_by(last.day, "pk").values_list("pk", model.spec.title, whose, last.day, "responsible", "created_at")
    for pk, title, of, day, person, since in told[:most]:
        name = " ".join(dict.fromkeys(str(part) for part in (of, title) if part))
        yield Ending(model, last, pk, name or f"#{pk}", day, person, since)


def _beyond(place: Any, model: Any, last: LastDay) -> Q:
    """A day ends at midnight; what ended at another hour comes between two days."""
    local = timezone.localtime(place.at)
    day = local.date() - timedelta(1)
    if end_of(day) != place.at:
        return Q(**{f"{last.day}__gt": day})
    return place.beyond(last.day, f"{model.spec.collection}.{last.day}", day)


def shown(found: list[Ending]) -> Iterator[dict[str, Any]]:
    """As clocks are shown; nobody can stop a day."""
    names = dict(Person._base_manager.filter(pk__in={e.person for e in found}).values_list("pk", "name")) if found else {}
    for ending in found:
        collection, last = ending.model.spec.collection, ending.declared
        yield {
            "id": f"{collection}.{last.day}.{ending.record}", "kind": f"{collection}.{last.day}", "label": word(last.label),
            "about": word(last.about), "state": "running", "collection": collection,
            "record": {"id": ending.record, "label": ending.title},
            "person": {"id": ending.person, "label": names[ending.person]} if ending.person in names else None,
            "started_at": ending.since.isoformat(), "due_at": ending.due_at.isoformat(), "last_day": ending.day.isoformat(),
            "over": False, "marks": [], "may_pause": False,
        }  # fmt: skip
