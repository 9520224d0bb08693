"""The result of a report: heads across and down, cells between them, every total, and the records behind each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson
from django.utils import timezone

from zhike.chinese import divisions
from zhike.features.reports.definition import Definition
from zhike.features.reports.gaps import course
from zhike.kernel.errors import Invalid
from zhike.kernel.kinds import Address, Boolean, Date, DateTime, Ref, Refs
from zhike.kernel.kinds.choices import Optional, Several
from zhike.kernel.query import aggregate
from zhike.kernel.query.pivot import Cell, pivot
from zhike.kernel.query.rows import resolve
from zhike.kernel.query.shifting import NOW, narrowed, steps
from zhike.kernel.reach import Actor
from zhike.words.catalogue import word

Key = str
MOST_HEADS_ACROSS = 100
NOTHING = "（未填）"
COURSES = ("bar", "stacked", "line", "area", "heat")
"""The pictures along whose axis time goes by."""


@dataclass(frozen=True)
class Axis:
    """One field that is grouped by: how its values are called, ordered, and asked for again."""

    name: str
    label: str
    kind: Any

    @classmethod
    def of(cls, model: Any, name: str) -> Axis:
        path, _, part = name.partition(":")
        heads = path.split(".")
        labels = [resolve(model, ".".join(heads[: depth + 1]))[1].label for depth in range(len(heads))]
        ending = {"year": "（年）", "quarter": "（季）", "month": "（月）", "week": "（周）", "province": "（省）"}.get(part, "")
        return cls(name, "·".join(map(word, labels)) + word(ending), resolve(model, path)[1])

    @property
    def path(self) -> str:
        return self.name.partition(":")[0]

    def text(self, value: Any) -> str:
        if value in (None, ""):
            return word(NOTHING)
        if isinstance(value, dict):
            return str(value["label"])
        if isinstance(self.kind, Address):
            return divisions.label(value)
        if isinstance(self.kind, Boolean):
            return word("是" if value else "否")
        return word(self.kind.labels().get(value, str(value))) if isinstance(self.kind, Optional) else str(value)

    def place(self, value: Any) -> Any:
        """Where a value stands: options in their own order, the rest by what they are, nothing last."""
        if value in (None, ""):
            return (2, "")
        if isinstance(self.kind, Optional) and value in self.kind.options:
            return (0, list(self.kind.options).index(value))
        return (1, value if isinstance(value, int | str) else self.text(value))

    def filter(self, value: Any) -> dict[str, Any]:
        """The records of this group and no others, in the filter language."""
        if isinstance(self.kind, Address):
            return self._within(value)
        if value in (None, ""):
            return {"field": self.path, "op": "empty"}
        if isinstance(self.kind, Date | DateTime):
            return {"field": self.path, "op": "between", "value": aggregate.days_of(str(value))}
        if isinstance(self.kind, Ref | Refs):
            return {"field": self.path, "op": "eq", "value": value["id"]}
        if isinstance(self.kind, Several):
            return {"field": self.path, "op": "has_any", "value": [value]}
        return {"field": self.path, "op": "eq", "value": value}

    def _within(self, value: Any) -> dict[str, Any]:
        if value:
            return {"field": self.path, "op": "within", "value": value}
        if value is None:
            return {"field": self.path, "op": "empty"}
        anywhere = [{"field": self.path, "op": "within", "value": code} for code in divisions.provinces()]
        return {"and": [{"field": self.path, "op": "filled"}, {"not": {"or": anywhere}}]}


@dataclass
class Head:
    """One row or column of the result."""

    values: list[Any]
    cells: dict[Key, list[str | None]] = field(default_factory=dict)
    total: list[str | None] = field(default_factory=list)


def result(found: Definition, actor: Actor, verb: str = "view") -> dict[str, Any]:
    """The report as this person may see it."""
    model, asked = found.model, found.pivot
    rows, columns = ([Axis.of(model, n) for n in names] for names in (asked.rows, asked.columns))
    cells = [c for c in pivot(model, asked, actor, verb) if _counts(c, found)]
    down, across, total = _heads(cells, len(asked.rows), len(found.labels))
    _compare_like_with_like(found, down, across, total)
    lines = _ordered(list(down.values()), rows, found.order)
    over = _ordered(list(across.values()), columns, "")
    if len(over) > MOST_HEADS_ACROSS:
        raise Invalid.of({"columns": f"列超过 {MOST_HEADS_ACROSS} 个，请换一个字段或把它放在行上"}, {"columns": "列分组"})
    if found.picture in COURSES:
        lines, over = (lines if found.order else _without_gaps(lines, rows)), _without_gaps(over, columns)
    shown = lines[: found.limit] if found.limit else lines
    wide = len(found.labels)
    nothing: list[str | None] = [None] * wide
    return {
        "collection": found.collection, "label": model.spec.label, "picture": found.picture,
        "goal": str(found.goal) if found.goal is not None else None,
        "row_fields": [_described(a) for a in rows], "column_fields": [_described(a) for a in columns],
        "measures": [_measure(found, n) for n in range(len(found.labels))],
        "filter": narrowed(asked.filter, asked.during, NOW), "dated": bool(asked.during),
        "rows": [_head(h, rows) for h in shown], "columns": [_head(h, columns) for h in over],
        "cells": [[h.cells.get(_key(o.values), nothing)[:wide] for o in over] for h in shown],
        "row_totals": [(h.total or nothing)[:wide] for h in shown],
        "column_totals": [(h.total or nothing)[:wide] for h in over],
        "total": total[:wide],
        "left_out": len(lines) - len(shown),
    }  # fmt: skip


def _counts(cell: Cell, found: Definition) -> bool:
    """Without records a group is shown for what it had in the period before; not where its own time has yet to come.

    Without a bounded period the latest group has a following one that is nothing but a shifted past.
    """
    during = found.pivot.during
    if cell.records > 0 or not (cell.by_row or cell.by_column):
        return True
    if during is None or during.value is None:
        return False
    times = [key for name, key in zip(found.pivot.groups, cell.keys, strict=True) if name.partition(":")[0] == during.field]
    return not any(key and aggregate.days_of(str(key))[0] > timezone.localdate().isoformat() for key in times)


def _heads(cells: list[Cell], rows: int, measures: int) -> tuple[dict[Key, Head], dict[Key, Head], list[str | None]]:
    down: dict[Key, Head] = {}
    across: dict[Key, Head] = {}
    total: list[str | None] = [None] * measures
    for cell in cells:
        row, column = cell.keys[:rows], cell.keys[rows:]
        if cell.by_row:
            head = down.setdefault(_key(row), Head(row))
            if cell.by_column:
                head.cells[_key(column)] = cell.values
            else:
                head.total = cell.values
        elif cell.by_column:
            across.setdefault(_key(column), Head(column)).total = cell.values
        else:
            total = cell.values
    return down, across, total


def _compare_like_with_like(found: Definition, down: dict[Key, Head], across: dict[Key, Head], total: list[str | None]) -> None:
    """Each month is compared with the one before it; all of them together are not with themselves, one month earlier."""
    asked, during = found.pivot, found.pivot.during
    timed = {name for name in asked.groups if during and name.partition(":")[0] == during.field}
    across_time = [head.total for head in across.values()] if timed & set(asked.rows) else []
    down_time = [head.total for head in down.values()] if timed & set(asked.columns) else []
    for at, measure in enumerate(asked.measures):
        if during and measure.show in ("change", "before") and steps(during, asked.groups, measure.against):
            for figures in filter(None, (total, *across_time, *down_time)):
                figures[at] = None


def _ordered(heads: list[Head], axes: list[Axis], order: str) -> list[Head]:
    heads.sort(key=lambda h: [a.place(v) for a, v in zip(axes, h.values, strict=True)])
    if order:
        by = _by_value(int(order.lstrip("-")), -1 if order.startswith("-") else 1)
        heads.sort(key=by)
    return heads


def _without_gaps(heads: list[Head], axes: list[Axis]) -> list[Head]:
    """On an axis of time, with those between the first and the last that no record falls into."""
    if len(axes) != 1 or not isinstance(axes[0].kind, Date | DateTime):
        return heads
    known = {head.values[0]: head for head in heads if head.values[0]}
    every = course(min(known), max(known)) if known else []
    if not every:
        return heads
    return [known.get(bucket) or Head([bucket]) for bucket in every] + [head for head in heads if not head.values[0]]


def _by_value(place: int, sign: int) -> Callable[[Head], Any]:
    def by(head: Head) -> Any:
        value = head.total[place] if head.total else None
        if value is None:
            return (1, 0)
        return (0, sign * Decimal(value)) if _is_number(value) else (0, 0)

    return by


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _key(values: list[Any]) -> Key:
    return orjson.dumps(values).decode()


def _described(axis: Axis) -> dict[str, Any]:
    return {"name": axis.name, "label": axis.label, "kind": axis.kind.kind}


def _head(head: Head, axes: list[Axis]) -> dict[str, Any]:
    pairs = list(zip(axes, head.values, strict=True))
    leaves = [axis.filter(value) for axis, value in pairs]
    keys = [{"value": value["id"] if isinstance(value, dict) else value, "label": axis.text(value)} for axis, value in pairs]
    return {"keys": keys, "filter": leaves[0] if len(leaves) == 1 else {"and": leaves}}


def _measure(found: Definition, n: int) -> dict[str, Any]:
    """What a measure is called, how its figures read, and which of the records it counts."""
    measure = found.pivot.measures[n]
    percent = measure.show in ("share", "cumulative", "change", "ratio")
    word = measure.figure.of.partition(":")[0]
    unit = "count" if word == "count" else aggregate.measured(found.model, measure.figure.of)[3].kind
    return {
        "label": found.labels[n], "show": measure.show, "unit": "percent" if percent else unit,
        "filter": measure.figure.filter, "adds": word in ("count", "sum") and not percent,
    }  # fmt: skip
