"""报表定义: the JSON a report is kept as, read into the question it asks. The same reading on saving and on running.

{"rows": ["stage"], "columns": ["closed_on:month"], "measures": [{"of": "sum:amount", "show": "share", "label": "金额占比"}],
 "filter": {…}, "period": {"field": "closed_on", "value": "this_year"}, "picture": "pivot", "order": "-0", "limit": 20,
 "goal": "1000000"}
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from zhike.kernel.errors import Invalid
from zhike.kernel.query.pivot import SHOWS, Figure, Measure, Pivot, check
from zhike.kernel.query.rows import resolve
from zhike.kernel.query.shifting import During
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import find
from zhike.kernel.sight import Sight
from zhike.words.catalogue import say, side_by_side
from zhike.words.catalogue import word as said

PICTURES = {
    "table": "表格", "pivot": "交叉表", "bar": "柱形图", "stacked": "堆积图", "line": "折线图", "area": "面积图", "pie": "饼图",
    "funnel": "漏斗图", "gauge": "仪表", "heat": "热力图", "map": "省份地图", "number": "数字",
}  # fmt: skip
KEYS = {"rows", "columns", "measures", "filter", "period", "picture", "order", "limit", "goal"}
MEASURE_KEYS = {"of", "show", "filter", "over", "over_filter", "against", "label"}
MOST_ROWS, MOST_COLUMNS, MOST_MEASURES = 3, 2, 8
MOST_LINES, LONGEST_LABEL = 1000, 40


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A report as it runs: the question, the names of its measures, and how it is shown."""

    collection: str
    pivot: Pivot
    labels: tuple[str, ...]
    picture: str = "table"
    order: str = ""
    limit: int | None = None
    goal: Decimal | None = None

    @property
    def model(self) -> Any:
        return find(self.collection)

    def within(self, value: Any, also: Any) -> Definition:
        """The same report over another period and only where a further filter holds; what has no date field keeps its time."""
        during, tree = self.pivot.during, self.pivot.filter
        if during and value is not None:
            during = replace(during, value=value)
        if also:
            tree = {"and": [tree, also]} if tree else also
        return replace(self, pivot=replace(self.pivot, during=during, filter=tree))


class Anybody:
    """Stands for whoever will run a report while it is checked."""

    pk = 0
    through = "check"
    outside = by_rule = False
    department_id: int | None = None
    workplaces: tuple[int, ...] = ()

    def reach(self, verb: str, model: Any) -> Reach:
        return Reach.ALL

    def shared(self, model: Any, verb: str) -> list[int]:
        return []

    def rules(self, model: Any) -> dict[str, Sight]:
        return {}

    def departments(self, reach: Reach) -> list[int]:
        return []


def read_text(collection: str, text: str, actor: Actor | None = None) -> Definition:
    """A definition as it is kept. Raises Invalid."""
    try:
        given = orjson.loads(text) if text and text.strip() else {}
    except orjson.JSONDecodeError:
        raise wrong("不是正确的 JSON") from None
    return read(collection, given, actor)


def read(collection: str, given: Any, actor: Actor | None = None) -> Definition:
    """The question a definition asks, checked whole, for whoever may run it or for one. Raises Invalid beside “definition”."""
    model = find(collection)
    try:
        found = _definition(collection, given)
        check(model, found.pivot, actor or Anybody())
    except Invalid as error:
        raise error if "definition" in error.fields else wrong(error.message) from None
    return found


def wrong(reason: str) -> Invalid:
    return Invalid.of({"definition": reason}, {"definition": "报表定义"})


def _definition(collection: str, given: Any) -> Definition:
    if not isinstance(given, dict):
        raise wrong("应为一个 JSON 对象")
    if unknown := set(given) - KEYS:
        raise wrong(f"没有“{'、'.join(sorted(unknown))[:60]}”这一项")
    model, rows, columns = find(collection), _names(given, "rows", MOST_ROWS), _names(given, "columns", MOST_COLUMNS)
    if len({*rows, *columns}) < len(rows) + len(columns):
        raise wrong("同一字段只能分组一次")
    measures = given.get("measures") or [{"of": "count"}]
    if not isinstance(measures, list) or len(measures) > MOST_MEASURES:
        raise wrong(f"指标应为一组，最多 {MOST_MEASURES} 个")
    read_measures = tuple(_measure(m) for m in measures)
    if (columns or not rows) and any(m.show == "cumulative" for m in read_measures):
        raise wrong("累计占比要有行分组，并且不能与列分组同用")
    pivot = Pivot(rows=rows, columns=columns, measures=read_measures, filter=given.get("filter"), during=_during(model, given))
    labels = tuple(_label(model, raw, m) for raw, m in zip(measures, read_measures, strict=True))
    return Definition(
        collection=collection, pivot=pivot, labels=labels, picture=_picture(given), goal=_goal(given),
        limit=_limit(given), order=_order(given, read_measures),
    )  # fmt: skip


def _names(given: dict[str, Any], side: str, most: int) -> tuple[str, ...]:
    names = given.get(side) or []
    if not isinstance(names, list) or not all(isinstance(n, str) and len(n) <= 120 for n in names):
        raise wrong("分组应为一组字段")
    if len(names) > most:
        raise wrong(f"{'行' if side == 'rows' else '列'}分组最多 {most} 个字段")
    return tuple(names)


def _measure(raw: Any) -> Measure:
    if not isinstance(raw, dict) or set(raw) - MEASURE_KEYS:
        raise wrong("每个指标由 of、show、filter、over、over_filter、against、label 组成")
    of, show, against = raw.get("of", "count"), raw.get("show", "plain"), raw.get("against", "previous")
    over = raw.get("over") or ("count" if show == "ratio" else None)
    if not isinstance(of, str) or not isinstance(over, str | None) or show not in SHOWS or against not in ("previous", "year"):
        raise wrong("指标写得不对")
    if show in ("share", "cumulative") and of.partition(":")[0] not in ("count", "sum"):
        raise wrong("只有数量与合计可以算占比")
    if (show in ("ratio", "change") and of.partition(":")[0] in ("min", "max")) or (over or "").partition(":")[0] in (
        "min",
        "max",
    ):
        raise wrong("最早、最晚、最大、最小不能相除")
    denominator = Figure(over, raw.get("over_filter")) if over else None
    return Measure(figure=Figure(of, raw.get("filter")), show=show, over=denominator, against=against)


WORDS = {"sum": "合计", "avg": "平均", "min": "最小", "max": "最大"}
ENDINGS = {"share": "占比", "cumulative": "累计占比", "ratio": "比率", "plain": ""}


def _label(model: Any, raw: dict[str, Any], measure: Measure) -> str:
    given = raw.get("label") or ""
    if not isinstance(given, str) or len(given) > LONGEST_LABEL:
        raise wrong(f"指标名称最多 {LONGEST_LABEL} 个字")
    if given.strip():
        return given.strip()
    word, _, field = measure.figure.of.partition(":")
    plain = said("数量") if word == "count" else side_by_side(resolve(model, field)[1].label, WORDS.get(word, ""))
    before = "去年同期" if measure.against == "year" else "上期"
    names = {"change": say(f"{plain}较{before}"), "before": side_by_side(before, plain)}
    return names.get(measure.show) or side_by_side(plain, ENDINGS[measure.show])


def _during(model: Any, given: dict[str, Any]) -> During | None:
    period = given.get("period")
    if period in (None, {}):
        return None
    if not isinstance(period, dict) or set(period) - {"field", "value"} or not isinstance(period.get("field"), str):
        raise wrong("期间由 field 与 value 组成")
    if resolve(model, period["field"])[1].kind not in ("date", "datetime"):
        raise wrong("期间应取自日期字段")
    found = During(period["field"], period.get("value"))
    _ = found.days
    return found


def _picture(given: dict[str, Any]) -> str:
    picture = given.get("picture") or "table"
    if not isinstance(picture, str) or picture not in PICTURES:
        raise wrong(f"图形应为 {'、'.join(PICTURES.values())} 之一")
    return picture


def _order(given: dict[str, Any], measures: tuple[Measure, ...]) -> str:
    """By which measure; what is added up line by line stands from the largest down."""
    order = given.get("order") or ""
    if order and order not in [f"{sign}{n}" for n in range(len(measures)) for sign in ("", "-")]:
        raise wrong("排序应为第几个指标，如 -0")
    running = any(m.show == "cumulative" for m in measures)
    return f"-{len(measures)}" if running and not order else str(order)


def _limit(given: dict[str, Any]) -> int | None:
    limit = given.get("limit")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST_LINES):
        raise wrong(f"行数应为 1 到 {MOST_LINES} 的整数")
    return limit


def _goal(given: dict[str, Any]) -> Decimal | None:
    if given.get("goal") in (None, ""):
        return None
    try:
        goal = Decimal(str(given["goal"]))
    except InvalidOperation:
        goal = Decimal("NaN")
    if not goal.is_finite() or goal <= 0 or goal >= 10**16:
        raise wrong("目标值应为正数")
    return goal
