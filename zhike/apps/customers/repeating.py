"""重复任务: the day on which work that comes again comes next. Plain reckoning with days, no records."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from zhike.features.clocks.calendar import Calendar


def next_day(due: date, repeat: str, after: date, calendar: Calendar, day: int | None = None) -> date:
    """The first day of the series beyond both `due` and `after`: work done late skips the times it has missed.

    Arguments:
        repeat: daily, workdays, weekly or monthly.
        after: the day it was done.
        calendar: which days are worked; what comes every working day comes on make-up days and not on holidays.
        day: of the month, for what comes monthly; the 31st is the last day where a month is shorter.
    """
    if repeat == "workdays":
        return calendar.after(max(due, after), 1)
    found = _step(due, repeat, day or due.day)
    while found <= after:
        found = _step(found, repeat, day or due.day)
    return found


def _step(due: date, repeat: str, day: int) -> date:
    return _in_next_month(due, day) if repeat == "monthly" else due + timedelta(days=7 if repeat == "weekly" else 1)


def _in_next_month(due: date, day: int) -> date:
    year, month = (due.year + 1, 1) if due.month == 12 else (due.year, due.month + 1)
    return date(year, month, min(day, monthrange(year, month)[1]))


def day_of_month(due: date, meant: int | None) -> int:
    """The day a monthly series is meant for: it stays the 31st in shorter months, until somebody moves it."""
    last = monthrange(due.year, due.month)[1]
    return meant if meant and due.day == min(meant, last) else due.day
