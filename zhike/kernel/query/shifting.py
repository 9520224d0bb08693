"""Shifting periods 上期与去年同期: the same question about an earlier time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhike.kernel.errors import Invalid
from zhike.kernel.query import relative

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
UNITS = {"year": (12, 0), "quarter": (3, 0), "month": (1, 0), "week": (0, 7), "day": (0, 1)}


@dataclass(frozen=True)
class Shift:
    """So many months and days back."""

    months: int = 0
    days: int = 0

    @property
    def interval(self) -> str:
        """The way forward again, in the words of SQL; empty for no shift."""
        return f"{self.months} months {self.days} days" if self.months or self.days else ""

    def back(self, day: date) -> date:
        """The day so much earlier; the last of a shorter month where that has no such day."""
        year, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return moved - timedelta(self.days)


NOW = Shift()


@dataclass(frozen=True)
class During:
    """期间: a date field and the period it must fall into: "this_month", ["2026-01-01", "2026-06-30"], or None for all time."""

    field: str
    value: Any = None

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day, both included. Raises Invalid."""
        try:
            if self.value is None:
                return None
            if isinstance(self.value, str):
                return relative.period(self.value)
            first, last = (date.fromisoformat(v) for v in self.value)
        except (ValueError, TypeError) as error:
            reason = str(error) if isinstance(self.value, str) else "期间应为名称，或起止两个日期"
            raise Invalid.of({"period": reason}, {"period": "期间"}) from None
        if not EARLIEST <= first <= last <= LATEST:
            raise Invalid.of({"period": "起止日期应依次在 1900 年与 2200 年之间"}, {"period": "期间"})
        return first, last


def shift(during: During | None, groups: tuple[str, ...], against: str) -> Shift:
    """How far back the period of comparison lies. Raises Invalid when there is nothing to reckon by."""
    if during is None:
        raise Invalid.of({"period": "与上期比较，需要先选择日期字段"}, {"period": "期间"})
    if against == "year":
        return Shift(12)
    for part in ("day", "week", "month", "quarter", "year"):
        if f"{during.field}:{part}" in groups:
            return Shift(*UNITS[part])
    if during.days is None:
        raise Invalid.of({"period": "与上期比较，需要选择期间，或按该日期的年、季、月、周、日分组"}, {"period": "期间"})
    return _length(during.value, *during.days)


def steps(during: During, groups: tuple[str, ...], against: str) -> bool:
    """Whether groups of time are compared with other groups, and no whole period with another of its length."""
    timed = any(name.partition(":")[0] == during.field for name in groups)
    return timed and (against != "year" or during.days is None)


def _length(value: Any, first: date, last: date) -> Shift:
    """Calendar periods go back by the calendar, others by their number of days."""
    unit = value.partition("_")[2] if isinstance(value, str) and value.partition("_")[0] in relative.SHIFTS else ""
    if unit in UNITS:
        return Shift(*UNITS[unit])
    after = last + timedelta(1)
    if first.day == after.day == 1:
        return Shift((after.year - first.year) * 12 + after.month - first.month)
    return Shift(0, (after - first).days)


def narrowed(tree: Any, during: During | None, moved: Shift) -> Any:
    """The filter with the period, moved back, added to it."""
    days = during.days if during else None
    if during is None or days is None:
        return tree
    first, last = moved.back(days[0]), moved.back(days[1] + timedelta(1)) - timedelta(1)
    leaf = {"field": during.field, "op": "between", "value": [first.isoformat(), last.isoformat()]}
    return {"and": [tree, leaf]} if tree else leaf
