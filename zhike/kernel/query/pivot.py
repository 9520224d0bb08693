"""Pivot 交叉表: groups across and down with every total, several measures at once, in one statement.

What may be seen is decided where every list decides it; PostgreSQL then groups (GROUPING SETS) and compares (window functions).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Func, TextField

from zhike.kernel.errors import Invalid
from zhike.kernel.kinds import Address, Date, DateTime, File, Lines, LongText, Ref, Refs
from zhike.kernel.kinds.choices import Several
from zhike.kernel.query import aggregate, shifting
from zhike.kernel.query.filters import condition
from zhike.kernel.query.listing import Asked, selected
from zhike.kernel.query.rows import asked_about, resolve, shown
from zhike.kernel.query.shifting import NOW, During, Shift
from zhike.kernel.reach import Actor
from zhike.kernel.record import whether

MOST_GROUPS = 20_000
SHOWS = ("plain", "ratio", "share", "cumulative", "change", "before")


@dataclass(frozen=True)
class Figure:
    """A number of a group: "count", "sum:amount", "avg:…", "min:…", "max:…", over those of its records that meet a filter."""

    of: str = "count"
    filter: Any = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """指标.

    Arguments:
        figure: what is counted; over: the denominator of a ratio.
        show: plain, ratio (比率), share (占总计), cumulative (累计占比), change (比上期增减), before (上期值).
        against: for the last two, the period before ("previous", 环比) or the same one a year ago ("year", 同比).
    """

    figure: Figure
    show: str = "plain"
    over: Figure | None = None
    against: str = "previous"


@dataclass(frozen=True, kw_only=True)
class Pivot:
    """What is asked of one object.

    Arguments:
        rows, columns: "stage", "owner.department", "closed_on:month", "address:province".
        during: the date field periods are reckoned by, and which period is shown.
    """

    measures: tuple[Measure, ...]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    filter: Any = None
    during: During | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        return (*self.rows, *self.columns)

    @property
    def shifts(self) -> dict[str, Shift]:
        """How far back each wanted comparison lies."""
        wanted = sorted({m.against for m in self.measures if m.show in ("change", "before")})
        return {against: shifting.shift(self.during, self.groups, against) for against in wanted}


@dataclass(frozen=True)
class Cell:
    """One group or total: by which of the two sides it is broken down, its keys, its values in the order of the measures.

    Behind them stand the numbers that cumulative shares are made of, for these shares themselves soon look alike.
    """

    by_row: bool
    by_column: bool
    keys: list[Any]
    records: int
    values: list[str | None] = field(default_factory=list)


def pivot(model: Any, wanted: Pivot, actor: Actor, verb: str = "view") -> list[Cell]:
    """Every cell, every total. Raises Invalid for what cannot be grouped or measured, and for too many groups."""
    names = _Names(model, wanted)
    sources = [_source(model, wanted, actor, verb, shift) for shift in (NOW, *wanted.shifts.values())]
    found = [(place, source) for place, source in enumerate(sources) if source]
    if not found:
        return []
    union = " UNION ALL ".join(f"SELECT {place} AS p, s.* FROM ({sql}) AS s({names.listed})" for place, (sql, _) in found)
    with connection.cursor() as cursor:
        cursor.execute(names.statement(union), [p for _, (_, params) in found for p in params])
        rows = orjson.loads(cursor.fetchone()[0])
    if len(rows) > MOST_GROUPS:
        raise Invalid.of({"rows": f"分组超过 {MOST_GROUPS:,} 个，请加筛选条件或换一个字段"}, {"rows": "分组"})
    return [Cell(*row) for row in rows]


def check(model: Any, wanted: Pivot, actor: Actor) -> None:
    """Raises Invalid for a question that could not be answered."""
    _Names(model, wanted)
    for shift in (NOW, *wanted.shifts.values()):
        _source(model, wanted, actor, "view", shift)


def _source(model: Any, wanted: Pivot, actor: Actor, verb: str, shift: Shift) -> tuple[str, tuple[Any, ...]] | None:
    """The records that count, each with its keys and operands; None when there can be none."""
    asked = Asked(filter=shifting.narrowed(wanted.filter, wanted.during, shift))
    rows = selected(model, asked, actor, verb).visible_to(actor).order_by()
    keys = [part for name in wanted.groups for part in group(model, name, actor, wanted.during, shift)]
    figures = [f for m in wanted.measures for f in (m.figure, m.over or Figure())]
    conditions = [whether(condition(model, f.filter, actor)) for f in figures]
    operands = [_operand(model, f, actor) for f in figures]
    try:
        sql, params = rows.values_list(F("pk"), *keys, *conditions, *operands).query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, params


def group(model: Any, name: str, actor: Actor, during: During | None = None, shift: Shift = NOW) -> list[Any]:
    """What SQL groups by: an id and a label for references, else one value. Raises Invalid."""
    field_name, _, part = name.partition(":")
    path, kind = asked_about(model, field_name, actor)
    if isinstance(kind, Date | DateTime):
        later = shift.interval if during and during.field == field_name else ""
        parts = [aggregate.date_part(path, kind, part or "day", name, later)]
    elif isinstance(kind, Lines | File | LongText) or bool(part) is not isinstance(kind, Address):
        raise Invalid.of({name: "不能按此字段分组"})
    elif isinstance(kind, Several):
        return [Func(shown(F(path), model, field_name, actor), template=SEVERAL, output_field=TextField())]
    elif isinstance(kind, Refs):
        parts = [F(f"{path}__id"), F(f"{path}__{kind.target.spec.title}")]
    else:
        parts = list(aggregate.parts(name, field_name, part, path, kind).values())
    return [shown(value, model, field_name, actor) for value in parts]


SEVERAL = "unnest(coalesce(nullif((%(expressions)s)::text[], '{}'::text[]), ARRAY[NULL::text]))"


def multiplies(model: Any, name: str) -> bool:
    """Whether one record may fall into several groups of this field."""
    return isinstance(resolve(model, name.partition(":")[0])[1], Refs | Several)


def _operand(model: Any, figure: Figure, actor: Actor) -> Any:
    if figure.of == "count":
        return F("pk")
    _, name, path, _ = aggregate.measured(model, figure.of, actor)
    return shown(F(path), model, name, actor)


class _Names:
    """The names of the columns of one statement, and the statement made of them. No word of the caller's is in it."""

    def __init__(self, model: Any, wanted: Pivot) -> None:
        self.model, self.wanted = model, wanted
        self.shifts = list(wanted.shifts)
        places = iter(range(99))
        self.keys = [[f"g{next(places)}" for _ in self._parts(name)] for name in wanted.groups]
        self.rows, self.columns = self.keys[: len(wanted.rows)], self.keys[len(wanted.rows) :]
        several = [key for name, key in zip(wanted.groups, self.keys, strict=True) if multiplies(model, name)]
        if len(several) > 1:
            raise Invalid.of({"rows": "一张报表只能按一个多值字段分组"}, {"rows": "分组"})
        self.several = several[0][0] if several else ""

    def _parts(self, name: str) -> range:
        kind = resolve(self.model, name.partition(":")[0])[1]
        return range(2 if isinstance(kind, Ref | Refs) else 1)

    @property
    def listed(self) -> str:
        figures = range(2 * len(self.wanted.measures))
        names = ["pk", *_flat(self.keys), *(f"c{n}" for n in figures), *(f"o{n}" for n in figures)]
        return ", ".join(names)

    def statement(self, union: str) -> str:
        """Groups, then what compares groups, then JSON."""
        values = ", ".join(f"({v})::text" for v in self.values())
        keys = ", ".join(map(_as_json, self.keys))
        return (
            f"WITH t AS ({union}), u AS (SELECT t.*, {self.one} AS one FROM t), a AS (SELECT {self.base()} FROM u "
            f"GROUP BY GROUPING SETS ({', '.join(self.sets())})) SELECT coalesce(json_agg(r.j), '[]')::text FROM ("
            f"SELECT json_build_array(by_row, by_column, json_build_array({keys}), n, json_build_array({values})) AS j "
            f"FROM a LIMIT {MOST_GROUPS + 1}) AS r"
        )

    @property
    def one(self) -> str:
        """The first line of each record, where it has several."""
        return "row_number() OVER (PARTITION BY p, pk) = 1" if self.several else "true"

    def sets(self) -> list[str]:
        rows, columns = _flat(self.rows), _flat(self.columns)
        wanted = [(*rows, *columns), tuple(rows), tuple(columns), ()]
        return [f"({', '.join(names)})" for names in dict.fromkeys(wanted)]

    def base(self) -> str:
        by_row = f"grouping({self.rows[0][0]}) = 0" if self.rows else "false"
        by_column = f"grouping({self.columns[0][0]}) = 0" if self.columns else "false"
        figures = [f"{sql} AS {name}" for n, m in enumerate(self.wanted.measures) for name, sql in self.figures(n, m)]
        counted = f"{self.total('count(*)', 'p = 0')} AS n"
        return ", ".join([*_flat(self.keys), f"{by_row} AS by_row", f"{by_column} AS by_column", counted, *figures])

    def figures(self, n: int, measure: Measure) -> Iterator[tuple[str, str]]:
        """The one or two numbers a measure is made of."""
        yield f"v{n}", self.figure(measure.figure, 2 * n, 0)
        if measure.show == "ratio":
            yield f"w{n}", self.figure(measure.over or Figure(), 2 * n + 1, 0)
        if measure.show in ("change", "before"):
            yield f"w{n}", self.figure(measure.figure, 2 * n, 1 + self.shifts.index(measure.against))

    def figure(self, figure: Figure, place: int, p: int) -> str:
        word = figure.of.partition(":")[0]
        which = f"p = {p} AND c{place}"
        if word == "count":
            return self.total("count(*)", which)
        found = self.total(f"{word}(o{place})", which)
        if word == "avg":
            return f"round({found}, {aggregate.places(aggregate.measured(self.model, figure.of)[3])})"
        return f"coalesce({found}, 0)" if word == "sum" else found

    def total(self, function: str, which: str) -> str:
        """A record in several groups counts once wherever those groups are added up."""
        plain = f"{function} FILTER (WHERE {which})"
        if not self.several:
            return plain
        return f"CASE WHEN grouping({self.several}) = 0 THEN {plain} ELSE {function} FILTER (WHERE {which} AND one) END"

    def values(self) -> Iterator[str]:
        order = ", ".join(_flat(self.rows)) or "1"
        for n, measure in enumerate(self.wanted.measures):
            v, w = f"v{n}", f"w{n}"
            total = f"nullif(max({v}) FILTER (WHERE NOT by_row AND NOT by_column) OVER (), 0)"
            running = f"sum({v}) OVER (PARTITION BY by_row ORDER BY {v} DESC NULLS LAST, {order} ROWS UNBOUNDED PRECEDING)"
            yield {
                "plain": v,
                "before": w,
                "ratio": f"round({v}::numeric / nullif({w}::numeric, 0), 4)",
                "change": f"round(({v} - {w})::numeric / nullif(abs({w})::numeric, 0), 4)",
                "share": f"round({v}::numeric / {total}, 4)",
                "cumulative": f"round({running}::numeric / {total}, 4)",
            }[measure.show]
        yield from (f"v{n}" for n, measure in enumerate(self.wanted.measures) if measure.show == "cumulative")


def _flat(keys: list[list[str]]) -> list[str]:
    return [name for key in keys for name in key]


def _as_json(key: list[str]) -> str:
    if len(key) == 1:
        return key[0]
    return f"CASE WHEN {key[0]} IS NOT NULL THEN json_build_object('id', {key[0]}, 'label', {key[1]}) END"
