"""空档 Gaps: on an axis of time, a month without any record stands between its neighbours, so that no line leaps over it."""

from __future__ import annotations

from datetime import date, timedelta

from zhike.kernel.query.aggregate import days_of

MOST = 400
"""Longer courses are left as they are: nobody reads so many points."""


def course(first: str, last: str) -> list[str]:
    """Every bucket from one to another, both included: “2025-12”, “2026-01”, …; empty where there would be too many."""
    buckets = [first]
    while buckets[-1] != last and len(buckets) <= MOST:
        buckets.append(_next(buckets[-1]))
    return buckets if len(buckets) <= MOST else []


def _next(bucket: str) -> str:
    return _named(date.fromisoformat(days_of(bucket)[1]) + timedelta(1), like=bucket)


def _named(day: date, like: str) -> str:
    """The bucket of a day, as long as another one is."""
    rest = like.partition("-")[2]
    if not rest:
        return f"{day.year:04}"
    if rest[0] == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if rest[0] == "W":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return day.isoformat()[: len(like)]
