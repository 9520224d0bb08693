"""重复任务: the day on which work that comes again comes next. Plain reckoning with days, no records."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

SATURDAY = 5


def next_day(due: date, repeat: str, after: date, day: int | None = None) -> date:
    """The first day of the series beyond both `due` and `after`: work done late skips the times it has missed.

    Arguments:
        repeat: daily, workdays, weekly or monthly.
        after: the day it was done.
        day: of the month, for what comes monthly; the 31st is the last day where a month is shorter.
    """
    found = _step(due, repeat, day or due.day)
    while found <= after:
        found = _step(found, repeat, day or due.day)
    return found


def _step(due: date, repeat: str, day: int) -> date:
    if repeat == "monthly":
        return _in_next_month(due, day)
    found = due + timedelta(days=7 if repeat == "weekly" else 1)
    while repeat == "workdays" and found.weekday() >= SATURDAY:
        found += timedelta(days=1)
    return found


def _in_next_month(due: date, day: int) -> date:
    year, month = (due.year + 1, 1) if due.month == 12 else (due.year, due.month + 1)
    return date(year, month, min(day, monthrange(year, month)[1]))


def day_of_month(due: date, meant: int | None) -> int:
    """The day a monthly series is meant for: it stays the 31st in shorter months, until somebody moves it."""
    last = monthrange(due.year, due.month)[1]
    return meant if meant and due.day == min(meant, last) else due.day
