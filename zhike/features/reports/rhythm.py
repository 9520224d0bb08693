"""发送时刻: when a regular mail was due last."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta

RHYTHMS = {"day": "每天", "week": "每周", "month": "每月"}


def last_due(rhythm: str, day: int, hour: int, now: datetime) -> datetime:
    """The latest moment at or before `now` (both in the company's time zone) at which it was to be sent."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if rhythm == "day":
        return today if today <= now else today - timedelta(1)
    if rhythm == "week":
        due = today - timedelta((now.isoweekday() - day) % 7)
        return due if due <= now else due - timedelta(7)
    due = _in_month(today, day)
    return due if due <= now else _in_month(today.replace(day=1) - timedelta(1), day)


def _in_month(moment: datetime, day: int) -> datetime:
    return moment.replace(day=min(day, monthrange(moment.year, moment.month)[1]))
