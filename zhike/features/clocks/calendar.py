"""Which days are worked, and how far so many of them reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhike.chinese import workdays
from zhike.features.clocks.objects.calendar_day import CalendarDay
from zhike.features.clocks.objects.work_calendar import NUMBERS, WorkCalendar, monday_to_friday
from zhike.org.objects.department import Department

FARTHEST = 3660
"""Days looked ahead; a calendar without a working day in ten years is wrong, and time must end somewhere."""
Days = Mapping[date, tuple[bool, str]]


@dataclass(frozen=True)
class Calendar:
    """One calendar as of now.

    Arguments:
        weekdays: 0 for Monday.
        special: day → whether it is worked and why; what administrators have entered.
    """

    weekdays: frozenset[int]
    public: bool
    special: Days

    def works(self, day: date) -> bool:
        """Whether the day is worked: what was entered counts before what the country announced, that before the week."""
        if day in self.special:
            return self.special[day][0]
        told = workdays.announced(day) if self.public else None
        return day.weekday() in self.weekdays if told is None else told

    def why(self, day: date) -> str:
        """What makes the day another than the week says."""
        if day in self.special:
            return self.special[day][1]
        return workdays.name_of(day) if self.public else ""

    def after(self, start: date, count: int) -> date:
        """The working day that comes as the `count`-th after `start`, which itself is not counted."""
        day = start
        for _ in range(FARTHEST):
            if count <= 0:
                break
            day += timedelta(1)
            count -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and with `end`."""
        span = min((end - start).days, FARTHEST)
        return sum(self.works(start + timedelta(n)) for n in range(1, span + 1))


class Calendars:
    """All calendars, read once; ask for the one of a department."""

    def __init__(self) -> None:
        kept: dict[int | None, list[Any]] = {}
        for day in CalendarDay._base_manager.order_by("pk").only("calendar", "day", "work", "name"):
            kept.setdefault(day.calendar_id, []).append(day)
        self._national = _special(kept.get(None, []))
        own = WorkCalendar._base_manager.order_by("pk").only("used_by", "weekdays", "public_holidays")
        self._own = {c.used_by_id: self._calendar(c, _special(kept.get(c.pk, []))) for c in own}
        parents = Department._base_manager.values_list("pk", "parent_id") if any(self._own) else ()
        self._parents: dict[int, int | None] = dict(parents)

    def _calendar(self, kept: Any, special: Days) -> Calendar:
        weekdays = frozenset(NUMBERS[name] for name in kept.weekdays)
        national = self._national if kept.public_holidays else {}
        return Calendar(weekdays, kept.public_holidays, {**national, **special})

    def of(self, department: int | None) -> Calendar:
        """The calendar of a department, of the nearest one above it, of the company, or the ordinary week."""
        passed: set[int] = set()
        while department is not None and department not in passed:
            if department in self._own:
                return self._own[department]
            passed.add(department)
            department = self._parents.get(department)
        return self._own.get(None) or Calendar(frozenset(NUMBERS[n] for n in monday_to_friday()), True, self._national)


def _special(days: list[Any]) -> dict[date, tuple[bool, str]]:
    """What was entered last about a day counts."""
    return {d.day: (d.work == "on", d.name) for d in days}
