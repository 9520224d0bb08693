"""即将到期: the open clocks of everything the actor may see and the days that run out, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhike.features.clocks import last_days
from zhike.features.clocks.calendar import Calendars
from zhike.features.clocks.marks import LABELS
from zhike.features.clocks.models import OPEN, OVER, PAUSED, Clock
from zhike.features.clocks.pausing import pausable
from zhike.features.clocks.places import Place
from zhike.features.clocks.running import label_of
from zhike.kernel.errors import Invalid
from zhike.kernel.query.relative import end_of
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.record import sees_all
from zhike.kernel.registry import objects
from zhike.words.catalogue import word

PAGE, MOST_DAYS = 50, 400


@dataclass(frozen=True)
class Wanted:
    """Which clocks: `due` within so many days from today (those run out included), of one record, of the actor herself.

    Arguments:
        after: the place of the last one shown; whatever the page, no more is read than is shown.
    """

    due: int | None = None
    collection: str = ""
    record: int = 0
    mine: bool = False
    after: Place | None = None


def clocks(wanted: Wanted, actor: Actor) -> dict[str, Any]:
    """One page of open clocks and of days that run out."""
    rows = Clock.objects.filter(_visible(actor), state__in=OPEN).select_related("person").order_by("due_at", "pk")
    if wanted.due is not None:
        rows = rows.filter(due_at__lte=end_of(timezone.localdate() + timedelta(wanted.due))).exclude(state=PAUSED)
    if wanted.collection:
        rows = rows.filter(collection=wanted.collection, record=wanted.record)
    if wanted.mine:
        rows = rows.filter(person_id=actor.pk)
    if wanted.after is not None:
        rows = rows.filter(wanted.after.beyond("due_at", ""))
    found = sorted([*rows[: PAGE + 1], *last_days.endings(wanted, actor, PAGE + 1)], key=place_of)[: PAGE + 1]
    following = str(place_of(found[PAGE - 1])) if len(found) > PAGE else None
    return {"rows": _told(found[:PAGE], actor), "next": following}


def place_of(one: Any) -> Place:
    """Where a clock or a day stands in the list."""
    return Place(one.due_at, "", one.pk) if isinstance(one, Clock) else Place(one.due_at, one.source, one.record)


def _told(page: list[Any], actor: Actor) -> list[dict[str, Any]]:
    """Running clocks and days as they come; a fixed number of queries an object."""
    running, ending = ([one for one in page if isinstance(one, Clock) is is_clock] for is_clock in (True, False))
    names, may = _names(running), _pausable(running, actor)
    told = {id(clock): _as_json(clock, names) | {"may_pause": clock.pk in may} for clock in running}
    told |= zip(map(id, ending), last_days.shown(ending), strict=True)
    return [told[id(one)] for one in page]


def _pausable(shown: Iterable[Clock], actor: Any) -> set[int]:
    """Those she may stop or let go on: of records she may change, none that runs for herself; one query an object."""
    wanted: dict[str, set[int]] = {}
    for clock in shown:
        if clock.state != OVER and clock.person_id != actor.pk:
            wanted.setdefault(clock.collection, set()).add(clock.record)
    may = {(collection, pk) for collection, ids in wanted.items() for pk in pausable(collection, ids, actor)}
    return {c.pk for c in shown if c.state != OVER and c.person_id != actor.pk and (c.collection, c.record) in may}


def _visible(actor: Actor) -> Q:
    """The gate of each object, asked once however many clocks."""
    rule = Q(pk__in=[])
    for collection in Clock.objects.filter(state__in=OPEN).values_list("collection", flat=True).distinct():
        model = objects().get(collection)
        reach = actor.reach("view", model) if model else Reach.NONE
        if model and reach is not Reach.NONE:
            within = Q() if sees_all(model, actor) else Q(record__in=model.objects.visible_to(actor).values("pk"))
            rule |= Q(collection=collection) & within
    return rule


def _names(shown: Iterable[Clock]) -> dict[tuple[str, int], str]:
    """What the records are called: one query an object."""
    wanted: dict[str, set[int]] = {}
    for clock in shown:
        wanted.setdefault(clock.collection, set()).add(clock.record)
    return {
        (collection, pk): str(title or f"#{pk}")
        for collection, ids in wanted.items()
        for model in [objects()[collection]]
        for pk, title in model._base_manager.filter(pk__in=ids).values_list("pk", model.spec.title)
    }


def _as_json(clock: Clock, names: dict[tuple[str, int], str]) -> dict[str, Any]:
    marks = zip(clock.marks, clock.at, range(len(clock.at)), strict=True)
    return {
        "id": clock.pk, "kind": clock.kind, "label": word(label_of(clock.kind)), "about": clock.about, "state": clock.state,
        "collection": clock.collection,
        "record": {"id": clock.record, "label": names.get((clock.collection, clock.record), f"#{clock.record}")},
        "person": {"id": clock.person_id, "label": clock.person.name} if clock.person_id else None,
        "started_at": clock.started_at.isoformat(), "due_at": clock.due_at.isoformat(), "last_day": _last_day(clock),
        "over": clock.state == OVER,
        "marks": [
            {"name": m["name"], "label": word(LABELS.get(m["name"], m["name"])), "at": at.isoformat(), "passed": n < clock.passed}
            for m, at, n in marks
        ],
    }  # fmt: skip


def _last_day(clock: Clock) -> str | None:
    """The day with whose end it runs out; None where it runs out at an hour."""
    due = timezone.localtime(clock.due_at)
    return (due.date() - timedelta(1)).isoformat() if (due.hour, due.minute) == (0, 0) else None


def days(first: date, last: date, department: int | None) -> list[dict[str, Any]]:
    """Each day of a span as the calendar of a department has it. Raises Invalid."""
    if not 0 <= (last - first).days <= MOST_DAYS:
        raise Invalid.of({"to": f"应在开始日期之后 {MOST_DAYS} 天以内"}, {"to": "结束日期"})
    calendar = Calendars().of(department)
    span = (first + timedelta(n) for n in range((last - first).days + 1))
    return [{"day": d.isoformat(), "works": calendar.works(d), "why": calendar.why(d)} for d in span]
