"""How the figures of a report read 数字的写法, and the series that its picture draws."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhike.chinese.numbers import show_wan
from zhike.words.speaking import english

SINGLE = ("pie", "funnel", "map")
"""Pictures that draw whole rows, whatever stands across."""


def figure_text(measure: dict[str, Any], value: str | None) -> str:
    """12.34%, ¥1,234.50, 2026-03-01; a dash for nothing."""
    if value is None:
        return "–"
    if measure["unit"] in ("date", "datetime"):
        return value[:10]
    if measure["unit"] == "percent":
        sign = "+" if measure["show"] == "change" and Decimal(value) > 0 else ""
        return f"{sign}{_plain(Decimal(value) * 100)}%"
    return f"¥{Decimal(value):,.2f}" if measure["unit"] == "money" else f"{_whole(Decimal(value)):,}"


def short_text(measure: dict[str, Any], value: float) -> str:
    """Beside an axis: 120万, 3.5亿, 40%; 1.2M in English."""
    if measure["unit"] == "percent":
        return f"{value * 100:.4g}%"
    if not english():
        return show_wan(Decimal(str(value)))
    for size, name in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if abs(value) >= size:
            return f"{value / size:.4g}{name}"
    return f"{value:.4g}"


def _plain(value: Decimal) -> str:
    return f"{_whole(value.quantize(Decimal('0.01'))):f}"


def _whole(value: Decimal) -> Decimal:
    """Without the zeros behind the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True)
class Series:
    """What one colour stands for, and its figure at every name along the axis."""

    name: str
    measure: dict[str, Any]
    values: list[float | None]


def head_text(head: dict[str, Any]) -> str:
    return " · ".join(k["label"] for k in head["keys"])


def drawn(shown: dict[str, Any]) -> tuple[list[str], list[Series]]:
    """The names along the axis, and one series for each measure, and of each column where there are columns."""
    across = not shown["rows"] and bool(shown["columns"])
    heads, totals = (shown["columns"], shown["column_totals"]) if across else (shown["rows"], shown["row_totals"])
    if not heads:
        totals = [shown["total"]]
    names = [head_text(h) for h in heads] or [shown["label"]]
    if across or not shown["columns"] or shown["picture"] in SINGLE:
        return names, [Series(m["label"], m, [_number(t[n]) for t in totals]) for n, m in enumerate(shown["measures"])]
    many = len(shown["measures"]) > 1
    return names, [
        Series(f"{head_text(c)} · {m['label']}" if many else head_text(c), m, [_number(row[at][n]) for row in shown["cells"]])
        for n, m in enumerate(shown["measures"])
        for at, c in enumerate(shown["columns"])
    ]


def _number(value: str | None) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:  # the earliest, the latest day
        return None
