"""Aggregation 汇总: group by one or two fields or date parts; count, sum, average, least and most. Under the gate."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import accumulate, count
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Avg, CharField, Count, DecimalField, F, Func, Max, Min, Sum, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Left
from django.utils import timezone

from zhike.chinese.divisions import PROVINCE
from zhike.kernel.errors import Invalid
from zhike.kernel.kinds import Address, Date, DateTime, Integer, Lines, Ref, Refs
from zhike.kernel.kinds.choices import Several
from zhike.kernel.kinds.numbers import ExactDecimal
from zhike.kernel.query.listing import Asked, selected
from zhike.kernel.query.rows import asked_about, resolve, shown
from zhike.kernel.reach import Actor

PARTS = {"year": "YYYY", "quarter": 'YYYY"-Q"Q', "month": "YYYY-MM", "week": 'IYYY"-W"IW', "day": "YYYY-MM-DD"}
FUNCTIONS = {"sum": Sum, "avg": Avg, "min": Min, "max": Max}
MOST_GROUPS, MOST_MEASURES, MOST_ROWS = 2, 8, 5000


def aggregate(model: Any, asked: Asked, actor: Actor, *, group: list[str], measures: list[str], limit: int = MOST_ROWS) -> str:
    """Grouped measures as the text of a JSON array. Raises Invalid for what cannot be grouped or measured.

    Arguments:
        group: at most two of "stage", "closed_on:month", "owner", "customer.level".
        measures: "count", "sum:amount", "avg:amount", "min:…", "max:…".
    """
    if len(group) > MOST_GROUPS or not 1 <= len(measures) <= MOST_MEASURES or not 1 <= limit <= MOST_ROWS:
        raise Invalid("最多按两个字段分组，一次一到八个指标", {"group": "过多"})
    keys = {name: _key(model, name, actor) for name in group}
    found = {name: _measure(model, name, actor) for name in measures}
    rows = selected(model, asked, actor).order_by()
    grouped = [part for key in keys.values() for part in key.values()] or [Value(1)]
    rows = rows.values(**{f"g{n}": part for n, part in enumerate(grouped)})
    rows = rows.annotate(**{f"m{n}": m for n, m in enumerate(found.values())})
    rows = rows.order_by(*_order(asked.order, keys, list(found)))
    return _fetch(rows[:limit], _columns(keys, found))


def _key(model: Any, name: str, actor: Actor) -> dict[str, Any]:
    """What SQL groups by: the id and the label of a reference, a part of a date, or the plain value."""
    field, _, part = name.partition(":")
    path, kind = asked_about(model, field, actor)
    return {name: shown(value, model, field, actor) for name, value in parts(name, field, part, path, kind).items()}


def parts(name: str, field: str, part: str, path: str, kind: Any) -> dict[str, Any]:
    if isinstance(kind, Date | DateTime):
        return {"value": date_part(path, kind, part or "day", name)}
    if isinstance(kind, Address) and part == "province":
        return {"value": Left(KeyTextTransform("code", path), PROVINCE)}
    if part or isinstance(kind, Lines | Refs | Several):
        raise Invalid.of({field: "不能按此字段分组"})
    if isinstance(kind, Ref):
        return {"id": F(f"{path}_id"), "label": F(f"{path}__{kind.target.spec.title}")}
    return {"value": kind.expression(path)}


def date_part(path: str, kind: Any, part: str, name: str, later: str = "") -> Any:
    """The year, quarter, month, week or day a date falls into; `later` moves it there from an earlier time: "1 months"."""
    if part not in PARTS:
        raise Invalid.of({name: f"日期可按 {'、'.join(PARTS)} 分组"})
    moment: Any = F(path)
    if isinstance(kind, DateTime):
        zone = Value(timezone.get_default_timezone_name())
        moment = Func(zone, moment, function="timezone", output_field=TextField())
    if later:
        moment = Func(moment, template=f"(%(expressions)s + interval '{later}')", output_field=TextField())
    return Func(moment, Value(PARTS[part]), function="to_char", output_field=CharField())


def _measure(model: Any, name: str, actor: Actor) -> Any:
    if name == "count":
        return Count("*")  # not of the key, which would have to be looked up in every row of the table
    word, field, path, kind = measured(model, name, actor)
    found = FUNCTIONS[word](shown(F(path), model, field, actor))
    if word == "avg":
        return Func(found, Value(places(kind)), function="round", output_field=DecimalField())
    return found


def measured(model: Any, name: str, actor: Actor | None = None) -> tuple[str, str, str, Any]:
    """What "sum:customer.amount" means: word, field, path and kind; to an actor, if she may ask. Raises Invalid."""
    word, _, field = name.partition(":")
    if word not in FUNCTIONS:
        raise Invalid.of({name: "没有这个指标"})
    path, kind = asked_about(model, field, actor) if actor else resolve(model, field)
    orderable = isinstance(kind, Date | DateTime) and word in ("min", "max")
    if not isinstance(kind, ExactDecimal | Integer) and not orderable:
        raise Invalid.of({field: "不能这样汇总"})
    return word, field, path, kind


def places(kind: Any) -> int:
    """Decimals of an average."""
    return kind.decimal_places if isinstance(kind, ExactDecimal) else 4


def _columns(keys: dict[str, dict[str, Any]], measures: dict[str, Any]) -> dict[str, str]:
    """Each asked name and the SQL that shows it: a reference with its label, numbers as exact texts."""
    slots = (f"t.g{n}" for n in count())
    columns = {name: _labelled(next(slots), next(slots)) if "label" in key else next(slots) for name, key in keys.items()}
    shown = {name: f"t.m{n}" if name == "count" else f"t.m{n}::text" for n, name in enumerate(measures)}
    return columns | shown


def _labelled(key: str, label: str) -> str:
    return f"CASE WHEN {key} IS NOT NULL THEN json_build_object('id', {key}, 'label', {label}) END"


def _fetch(rows: Any, columns: dict[str, str]) -> str:
    """The groups as the text of a JSON array."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return "[]"
    shown = ", ".join(f'{expression} AS "{name}"' for name, expression in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(json_agg((SELECT r FROM (SELECT {shown}) AS r)), '[]')::text FROM ({sql}) AS t", params)
        return str(cursor.fetchone()[0])


def _order(order: str, keys: dict[str, dict[str, Any]], measures: list[str]) -> list[Any]:
    """By one measure or one group; unasked by the groups from left to right."""
    labels = [f"g{n}" for n in _label_places(keys)]
    slots = dict(zip([*keys, *measures], [*labels, *(f"m{n}" for n in range(len(measures)))], strict=True))
    name = order.lstrip("-")
    if not name:
        return [F(place).asc(nulls_last=True) for place in labels]
    if name not in slots:
        raise Invalid.of({"order": "只能按已选的分组或指标排序"})
    place = F(slots[name])
    return [place.desc(nulls_last=True) if order.startswith("-") else place.asc(nulls_last=True)]


def _label_places(keys: dict[str, dict[str, Any]]) -> list[int]:
    """Where in the select each group's label stands: behind the id of a reference, else the value itself."""
    ends = accumulate(len(parts) for parts in keys.values())
    return [end - 1 for end in ends]


def days_of(bucket: str) -> list[str]:
    """The first and last day of “2017”, “2017-Q1”, “2017-03”, “2017-W09” or “2017-03-01”."""
    year, _, rest = bucket.partition("-")
    if not rest:
        return [f"{year}-01-01", f"{year}-12-31"]
    if rest[0] == "W":
        monday = date.fromisocalendar(int(year), int(rest[1:]), 1)
        return [monday.isoformat(), (monday + timedelta(6)).isoformat()]
    if len(rest) > 2:
        return [bucket, bucket]
    first, last = (int(rest[1]) * 3 - 2, int(rest[1]) * 3) if rest[0] == "Q" else (int(rest), int(rest))
    return [f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(int(year), last)[1]:02}"]
