"""Relative dates 相对日期: “last month” as two days, in the time zone of the company."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

Period = tuple[date, date]
FARTHEST = 36_500
_seen_on: ContextVar[date | None] = ContextVar("the day from which everything is seen", default=None)


@contextmanager
def seen_on(day: date) -> Iterator[None]:
    """What is asked inside is asked as if this were today (回测)."""
    token = _seen_on.set(day)
    try:
        yield
    finally:
        _seen_on.reset(token)


def this_day() -> date:
    """Today, in the time zone of the company."""
    return _seen_on.get() or timezone.localdate()


def period(name: Any, today: date | None = None) -> Period:
    """First and last day of a named period, both included. Raises ValueError for an unknown name."""
    today = today or this_day()
    rolling = {"last_7_days": (-6, 0), "last_30_days": (-29, 0), "last_90_days": (-89, 0), "next_7_days": (0, 6),
               "next_30_days": (0, 29), "today": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1)}  # fmt: skip
    if not isinstance(name, str):
        raise ValueError("时间段应为名称，如 last_month")
    if name in rolling:
        first, last = rolling[name]
        return today + timedelta(first), today + timedelta(last)
    which, _, unit = name.removesuffix(SO_FAR).partition("_")
    if which not in SHIFTS or unit not in STARTS or (name.endswith(SO_FAR) and which != "last"):
        raise ValueError(f"不认识的时间段“{name}”")
    whole = _calendar(today, STARTS[unit], SHIFTS[which])
    return _so_far(whole, today - STARTS[unit](today)) if name.endswith(SO_FAR) else whole


def day(value: dict[str, Any], today: date | None = None) -> date:
    """The day so many days from today: {"days": -30}."""
    days = value.get("days")
    if set(value) != {"days"} or isinstance(days, bool) or not isinstance(days, int) or abs(days) > FARTHEST:
        raise ValueError("相对日期应如 {days: -30}")
    return (today or this_day()) + timedelta(days)


def start_of(first: date) -> datetime:
    return timezone.make_aware(datetime.combine(first, time.min))


def end_of(last: date) -> datetime:
    """The first moment that no longer belongs to the day."""
    return start_of(last + timedelta(1)) if last < date.max else timezone.make_aware(datetime.combine(last, time.max))


def _calendar(today: date, start: Any, shift: int) -> Period:
    first = start(today)
    for _ in range(abs(shift)):
        first = start(first - timedelta(1)) if shift < 0 else _next(first, start)
    return first, _next(first, start) - timedelta(1)


def _so_far(whole: Period, passed: timedelta) -> Period:
    """Its first days, as many as have passed of the period under way."""
    first, last = whole
    return first, min(last, first + passed)


def _next(first: date, start: Any) -> date:
    """The first day of the period after the one that begins on `first`: that many days always land in it."""
    return start(first + timedelta(LENGTHS[start]))


def _week(d: date) -> date:
    return d - timedelta(d.weekday())


def _month(d: date) -> date:
    return d.replace(day=1)


def _quarter(d: date) -> date:
    return d.replace(month=(d.month - 1) // 3 * 3 + 1, day=1)


def _year(d: date) -> date:
    return d.replace(month=1, day=1)


SO_FAR = "_to_date"
"""同期: as many days of the last period as this one has seen, so that what has just begun is compared fairly."""
SHIFTS = {"this": 0, "last": -1, "next": 1}
STARTS = {"week": _week, "month": _month, "quarter": _quarter, "year": _year}
LENGTHS = {_week: 7, _month: 31, _quarter: 92, _year: 366}
