"""Starting, stopping, pausing and resuming clocks: one record or a million, always a fixed number of statements.

ENTRY = kind("entry", "录入时限")
start(ENTRY, [customer], {WARN: workdays(5), ACT: days(7)})
stop(ENTRY, [customer])

What a mark does is said by a handler of `Struck`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.features.clocks.calendar import Calendars
from zhike.features.clocks.marks import After, plain, put_off
from zhike.features.clocks.models import OPEN, PAUSED, RUNNING, STOPPED, Clock
from zhike.kernel.events import Event

BATCH = 2000
Marks = Mapping[str, After]
_labels: dict[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Struck(Event):
    """A mark has been reached by these clocks, all of one kind; told in the transaction that notes it."""

    kind: str
    mark: str
    clocks: list[Clock]


def kind(name: str, label: str) -> str:
    """Declare a kind of clock by what people call it."""
    _labels[name] = label
    return name


def kinds() -> dict[str, str]:
    """Every declared kind by its name, and what people call it."""
    return dict(_labels)


def label_of(name: str) -> str:
    return _labels.get(name, name)


def start(
    kind: str,
    records: Iterable[Any],
    marks: Marks | Callable[[Any], Marks],
    *,
    since: Callable[[Any], datetime] | None = None,
    person: Callable[[Any], int | None] | None = None,
    about: str = "",
    fresh: bool = False,
) -> list[Clock]:
    """Start a clock for each record, in place of one of the same kind that is still open.

    Arguments:
        marks: name → how long after the start; the last of them is when the clock is due. The same for all, or told of each.
        since: when it began for a record; now where nothing is said.
        person: who is to act in time; its owner where nothing is said.
        fresh: the records have just been made, so no clock of theirs can be open.
    """
    wanted, calendars, now = list(records), Calendars(), timezone.now()
    own = marks if callable(marks) else lambda record: marks
    clocks = [_started(kind, r, own(r), since(r) if since else now, calendars) for r in wanted]
    for clock, record in zip(clocks, wanted, strict=True):
        clock.about, clock.person_id = about[:200], person(record) if person else record.owner_id
    with transaction.atomic():
        if not fresh:
            stop(kind, wanted)
        return Clock.objects.bulk_create(clocks, batch_size=BATCH)


def _started(kind: str, record: Any, marks: Marks, began: datetime, calendars: Calendars) -> Clock:
    calendar = calendars.of(record.department_id)
    timed = sorted(((after.since(began, calendar), name, after) for name, after in marks.items()), key=lambda mark: mark[0])
    at = [moment for moment, _, _ in timed]
    return Clock(
        kind=kind, collection=record.spec.collection, record=record.pk, department_id=record.department_id,
        started_at=began, marks=[plain(name, after) for _, name, after in timed], at=at, next_at=at[0], due_at=at[-1],
    )  # fmt: skip


def stop(kind: str, records: Iterable[Any]) -> int:
    """What was to be done is done, or no longer asked for; says how many clocks ran."""
    return _of(kind, records).filter(state__in=OPEN).update(state=STOPPED, next_at=None)


def pause(kind: str, records: Iterable[Any]) -> int:
    """No time passes from now on."""
    return _of(kind, records).filter(state=RUNNING).update(state=PAUSED, paused_at=timezone.now(), next_at=None)


def resume(kind: str, records: Iterable[Any]) -> int:
    """Time goes on: every mark still ahead moves by as much as was missed, working days by working days."""
    now, calendars = timezone.now(), Calendars()
    with transaction.atomic():
        paused = list(_of(kind, records).filter(state=PAUSED).select_for_update())
        for clock in paused:
            _go_on(clock, now, calendars)
        Clock.objects.bulk_update(paused, ["marks", "at", "next_at", "due_at", "state", "paused_at"], batch_size=BATCH)
    return len(paused)


def _go_on(clock: Clock, now: datetime, calendars: Calendars) -> None:
    calendar, done = calendars.of(clock.department_id), clock.passed
    ahead = [
        put_off(mark, at, clock.paused_at or now, now, calendar)
        for at, mark in zip(clock.at[done:], clock.marks[done:], strict=True)
    ]
    ahead.sort(key=lambda mark: mark[0])
    clock.at = [*clock.at[:done], *(moment for moment, _ in ahead)]
    clock.marks = [*clock.marks[:done], *(mark for _, mark in ahead)]
    clock.state, clock.paused_at, clock.next_at, clock.due_at = RUNNING, None, clock.at[done], clock.at[-1]


def _of(kind: str, records: Iterable[Any]) -> Any:
    """The clocks of a kind that belong to these records, which are all of one object."""
    found: Sequence[Any] = list(records)
    collection = found[0].spec.collection if found else ""
    return Clock.objects.filter(kind=kind, collection=collection, record__in=[r.pk for r in found])
