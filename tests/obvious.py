"""The filter language once more, slow and obvious: what each condition means, in plain Python over plain values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

Row = dict[str, Any]
ORDERED = ["eq", "ne", "lt", "lte", "gt", "gte", "between", "empty", "filled"]
MODEL_OPS = {
    "text": ["contains", "starts", "eq", "ne", "in", "empty", "filled"],
    "number": ORDERED,
    "whole": ORDERED,
    "level": ["eq", "ne", "in", "not_in", "empty", "filled"],
    "tag": ["has_any", "has_all", "has_none", "empty", "filled"],
    "day": ["eq", "lt", "gte", "between", "during", "empty", "filled"],
}


def holds(tree: Any, row: Row) -> bool:
    """Whether a row meets a tree."""
    if not tree:
        return True
    if "and" in tree:
        return all(holds(t, row) for t in tree["and"])
    if "or" in tree:
        return any(holds(t, row) for t in tree["or"])
    if "not" in tree:
        return not holds(tree["not"], row)
    return compare(row[tree["field"]], tree["op"], tree.get("value"))


def compare(value: Any, op: str, wanted: Any) -> bool:
    """One condition. Nothing is equal to, or before, or after, a value that is not there."""
    missing = value is None or value in ("", [])
    if op in ("empty", "filled"):
        return bool(missing) is (op == "empty")
    if op in ("ne", "not_in", "has_none"):
        return not compare(value, {"ne": "eq", "not_in": "in", "has_none": "has_any"}[op], wanted)
    if isinstance(value, list):
        return bool(set(value) & set(wanted)) if op == "has_any" else set(wanted) <= set(value)
    if missing:
        return False
    if isinstance(value, datetime):
        return on_day(timezone.localdate(value), op, wanted)
    if isinstance(value, str):
        return in_text(value, op, wanted)
    return in_order(value, op, wanted)


def in_text(value: str, op: str, wanted: Any) -> bool:
    if op == "contains":
        return str(wanted).lower() in value.lower()
    if op == "starts":
        return value.lower().startswith(wanted.lower())
    return value in wanted if op == "in" else value == wanted


def in_order(value: Any, op: str, wanted: Any) -> bool:
    if op == "between":
        return Decimal(wanted[0]) <= value <= Decimal(wanted[1])
    return {"eq": value == Decimal(wanted), "lt": value < Decimal(wanted), "lte": value <= Decimal(wanted),
            "gt": value > Decimal(wanted), "gte": value >= Decimal(wanted)}[op]  # fmt: skip


def day(wanted: Any) -> date:
    return timezone.localdate() + timedelta(wanted["days"]) if isinstance(wanted, dict) else date.fromisoformat(wanted)


def on_day(value: date, op: str, wanted: Any) -> bool:
    if op == "during":
        return in_period(value, wanted)
    if op == "between":
        return day(wanted[0]) <= value <= day(wanted[1])
    return {"eq": value == day(wanted), "lt": value < day(wanted), "gte": value >= day(wanted)}[op]


def in_period(value: date, name: str) -> bool:
    """Whether a day lies in a named period, found by stepping day by day from today."""
    today = timezone.localdate()
    near = {"today": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "last_7_days": (-6, 0), "last_30_days": (-29, 0),
            "last_90_days": (-89, 0), "next_7_days": (0, 6), "next_30_days": (0, 29)}  # fmt: skip
    if name in near:
        return near[name][0] <= (value - today).days <= near[name][1]
    word, unit = name.split("_")
    reference = today
    while word != "this" and unit_of(reference, unit) == unit_of(today, unit):
        reference += timedelta(1 if word == "next" else -1)
    return unit_of(value, unit) == unit_of(reference, unit)


def unit_of(day: date, unit: str) -> tuple[int, int]:
    """What a day has in common with the others of its week, month, quarter or year."""
    if unit == "week":
        return day.isocalendar()[:2]
    return (day.year, {"month": day.month, "quarter": (day.month + 2) // 3, "year": 0}[unit])
