"""Marks 时点: how long after its start a clock warns, escalates and acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from zhike.features.clocks.calendar import Calendar
from zhike.kernel.query.relative import end_of

WARN, ESCALATE, ACT = "warn", "escalate", "act"
LABELS = {WARN: "提醒", ESCALATE: "升级", ACT: "到期"}
HOUR, DAY, WORKDAY = "hour", "day", "workday"


@dataclass(frozen=True)
class After:
    """So many hours, days or working days. Days are whole: the first is not counted, and the last one is over at midnight."""

    amount: int
    unit: str = WORKDAY

    def since(self, start: datetime, calendar: Calendar) -> datetime:
        """The moment from which it is too late."""
        if self.unit == HOUR:
            return start + timedelta(hours=self.amount)
        first = timezone.localdate(start)
        return end_of(first + timedelta(self.amount) if self.unit == DAY else calendar.after(first, self.amount))


def hours(amount: int) -> After:
    return After(amount, HOUR)


def days(amount: int) -> After:
    return After(amount, DAY)


def workdays(amount: int) -> After:
    return After(amount, WORKDAY)


def last_day(due: datetime) -> date:
    """The day that ends with this moment, or in which it lies."""
    return timezone.localdate(due - timedelta(microseconds=1))


def plain(name: str, after: After) -> dict[str, Any]:
    """A mark as a clock keeps it."""
    return {"name": name, "amount": after.amount, "unit": after.unit}


def put_off(
    mark: dict[str, Any], due: datetime, paused: datetime, resumed: datetime, calendar: Calendar
) -> tuple[datetime, dict[str, Any]]:
    """The moment again, after a pause in which no time passed; and the mark, from when on which part of it is left."""
    if mark["unit"] == HOUR:
        return due + (resumed - paused), mark
    before, now, last = timezone.localdate(paused), timezone.localdate(resumed), last_day(due)
    if mark["unit"] == DAY:
        return end_of(last + (now - before)), mark
    left = calendar.between(before, last)
    return end_of(calendar.after(now, left)), mark | {"since": now.isoformat(), "left": left}
