"""Months 月份: told by their first day."""

from __future__ import annotations

from datetime import date


def month_of(day: date, shift: int = 0) -> date:
    """The first day of the month a day lies in, or of that so many months later (earlier, when negative)."""
    place = day.year * 12 + day.month - 1 + shift
    return date(place // 12, place % 12 + 1, 1)
