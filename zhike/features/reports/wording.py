"""筛选条件的话: a filter as a sentence, for a paper that nobody can click on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from zhike.chinese import divisions
from zhike.features.reports.layout import Axis
from zhike.kernel.kinds import Address, Boolean, Date, DateTime, Decimal, Integer, Ref, Refs
from zhike.kernel.kinds.choices import Optional
from zhike.kernel.query.rows import resolve
from zhike.kernel.query.titles import titles
from zhike.kernel.reach import Actor
from zhike.words.catalogue import say, word

OPS = {
    "contains": "包含", "starts": "开头是", "eq": "是", "ne": "不是", "in": "是其中之一", "not_in": "不在其中", "lt": "小于",
    "lte": "小于等于", "gt": "大于", "gte": "大于等于", "between": "介于", "during": "在", "has_any": "含任一",
    "has_all": "全部含", "has_none": "都不含", "within": "属于", "empty": "为空", "filled": "不为空", "shared": "共享给我的",
}  # fmt: skip
OF_DAYS = {"eq": "就在", "lt": "早于", "lte": "不晚于", "gt": "晚于", "gte": "不早于"}
OF_NUMBERS = {"eq": "等于", "ne": "不等于"}
PERIODS = {
    "today": "今天", "yesterday": "昨天", "tomorrow": "明天", "this_week": "本周", "last_week": "上周", "next_week": "下周",
    "this_month": "本月", "last_month": "上月", "next_month": "下月", "this_quarter": "本季度", "last_quarter": "上季度",
    "this_year": "今年", "last_year": "去年", "last_7_days": "过去 7 天", "last_30_days": "过去 30 天",
    "last_90_days": "过去 90 天", "next_7_days": "未来 7 天", "next_30_days": "未来 30 天",
    "last_month_to_date": "上月同期", "last_quarter_to_date": "上季度同期", "last_year_to_date": "去年同期",
    "me": "我", "mine": "我的部门", "mine_and_below": "我的部门及下级",
}  # fmt: skip
SEVERAL_NAMED = 8


def in_words(model: Any, tree: Any, actor: Actor) -> str:
    """A filter that has been checked, in the reader's words; records out of her sight go by their number."""
    if not tree or model is None:
        return ""
    return _Telling(model, tree, actor).told(tree, outermost=True)


class _Telling:
    """One filter: what its references are called is asked once for each object."""

    def __init__(self, model: Any, tree: Any, actor: Actor) -> None:
        self.model = model
        wanted: dict[Any, set[int]] = defaultdict(set)
        for leaf in _leaves(tree):
            kind = self.kind(leaf["field"])
            if isinstance(kind, Ref | Refs):
                wanted[kind.target] |= {v for v in _several(leaf.get("value")) if isinstance(v, int)}
        self.names = {(target, pk): name for target, ids in wanted.items() for pk, name in titles(target, ids, actor).items()}

    def kind(self, name: str) -> Any:
        return None if name == "id" else resolve(self.model, name)[1]

    def told(self, tree: Any, *, outermost: bool = False) -> str:
        if "field" in tree:
            return self.leaf(tree)
        if "not" in tree:
            return say(f"不满足（{self.told(tree['not'], outermost=True)}）")
        both = "and" in tree
        joined = ("；" if both else word(" 或 ")).join(self.told(part) for part in tree["and" if both else "or"])
        return joined if outermost else f"（{joined}）"

    def leaf(self, leaf: dict[str, Any]) -> str:
        kind, op = self.kind(leaf["field"]), leaf["op"]
        if kind is None:
            return word(OPS.get(op, op))
        own = OF_DAYS if isinstance(kind, Date | DateTime) else OF_NUMBERS if isinstance(kind, Decimal | Integer) else {}
        said = word(own.get(op) or OPS.get(op, op))
        values = [] if op in ("empty", "filled") else [self.value(kind, v) for v in _several(leaf.get("value"))]
        shown = (" – " if op == "between" else "、").join(values[:SEVERAL_NAMED]) + ("…" if len(values) > SEVERAL_NAMED else "")
        return " ".join(part for part in (Axis.of(self.model, leaf["field"]).label, said, shown) if part)

    def value(self, kind: Any, value: Any) -> str:
        if isinstance(value, dict) and isinstance(value.get("days"), int):
            days = value["days"]
            return word("今天") if not days else say(f"{-days} 天前" if days < 0 else f"{days} 天后")
        if isinstance(value, str) and value in PERIODS and isinstance(kind, Date | DateTime | Ref | Refs):
            return word(PERIODS[value])
        if isinstance(kind, Ref | Refs):
            return self.names.get((kind.target, value), f"#{value}")
        if isinstance(kind, Address) and divisions.known(str(value)):
            return divisions.label(str(value))
        if isinstance(kind, Boolean):
            return word("是" if value else "否")
        return word(kind.labels().get(value, str(value))) if isinstance(kind, Optional) else str(value)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _leaves(tree: Any) -> Iterator[Any]:
    if "field" in tree:
        yield tree
        return
    for parts in tree.values():
        for part in parts if isinstance(parts, list) else [parts]:
            yield from _leaves(part)
