"""自动化的规则: the JSON a rule is kept as, read by the very code that follows it.

{"when": {"on": "changed", "fields": ["stage"]}, "if": {…}, "do": [{"do": "notify", "who": [{"by": "owner"}], "text": "{name}"}]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from zhike.features.clocks.marks import LABELS
from zhike.features.clocks.running import kinds as clock_kinds
from zhike.features.reports.rhythm import RHYTHMS
from zhike.kernel.errors import Invalid
from zhike.kernel.query import filters
from zhike.kernel.registry import objects
from zhike.org.objects.person import System

CREATED, CHANGED, DELETED, ACTION, TIME, CLOCK = "created", "changed", "deleted", "action", "time", "clock"
OCCASIONS = {CREATED: "新建后", CHANGED: "修改后", DELETED: "删除后", ACTION: "执行动作后", TIME: "定时", CLOCK: "时限到点"}
KEYS = {"on", "fields", "action", "rhythm", "day", "hour", "clock", "mark"}
MOST_STEPS = 10
Given = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A rule as it is followed."""

    when: dict[str, Any]
    condition: Any = None
    steps: tuple[dict[str, Any], ...] = field(default_factory=tuple)


def read_text(text: str) -> dict[str, Any]:
    """The JSON of a kept definition. Raises Invalid."""
    try:
        given = orjson.loads(text) if text and text.strip() else {}
    except orjson.JSONDecodeError:
        raise wrong("不是正确的 JSON") from None
    if not isinstance(given, dict) or set(given) - {"when", "if", "do"}:
        raise wrong("应由 when、if 与 do 组成")
    return given


def read(given: dict[str, Any]) -> Definition:
    """The shape of it, whatever the object. Raises Invalid."""
    when, steps = given.get("when") or {"on": CREATED}, given.get("do") or []
    fields = when.get("fields") or [] if isinstance(when, dict) else None
    if not isinstance(fields, list) or str(when.get("on")) not in OCCASIONS or set(when) - KEYS:
        raise wrong("“什么时候”的格式不正确")
    if not isinstance(steps, list) or len(steps) > MOST_STEPS or not all(isinstance(step, dict) for step in steps):
        raise wrong(f"最多 {MOST_STEPS} 件要做的事")
    return Definition(when=when, condition=given.get("if"), steps=tuple(steps))


def check(collection: str, given: dict[str, Any], *, whole: bool = True) -> Definition:
    """What could not be followed for this object is refused on saving. Raises Invalid, saying which step is wrong.

    Arguments:
        whole: it is to be switched on, so there must be something to do.
    """
    from zhike.features.automation.steps import STEPS

    model, found = objects()[collection], read(given)
    _check_when(model, found.when)
    if found.when["on"] == DELETED and found.condition:
        raise wrong("删除后记录已经不在，不能再设条件")
    filters.condition(model, found.condition, System("check"))
    if whole and not found.steps:
        raise wrong("启用之前至少要有一件要做的事")
    for number, step in enumerate(found.steps, 1):
        sort = STEPS.get(str(step.get("do")))
        if sort is None:
            raise wrong(f"第 {number} 件事：不认识“{step.get('do')}”")
        if found.when["on"] == DELETED and not sort.without_record:
            raise wrong(f"第 {number} 件事：记录已经删除，只能通知或调用 Webhook")
        try:
            sort.check(model, step)
        except ValueError as error:
            raise wrong(f"第 {number} 件事：{error}") from None
        except Invalid as error:
            raise wrong(f"第 {number} 件事：{error.message}") from None
        except (TypeError, AttributeError):
            raise wrong(f"第 {number} 件事的格式不正确") from None
    return found


def _check_when(model: Any, when: Given) -> None:
    on = when["on"]
    if on == CHANGED and (unknown := set(map(str, when.get("fields") or [])) - set(model.kinds())):
        raise wrong(f"没有字段 {'、'.join(sorted(unknown))}")
    if on == ACTION and when.get("action") not in (*model.actions(), "transfer"):
        raise wrong("请选择动作")
    if on == CLOCK and (str(when.get("clock")) not in clock_kinds() or str(when.get("mark")) not in LABELS):
        raise wrong("请选择时限和时点")
    if on == TIME and not _is_time(when):
        raise wrong("请选择每天、每周或每月的几点")


def _is_time(when: Given) -> bool:
    day, hour = when.get("day", 1), when.get("hour", 8)
    latest = {"week": 7}.get(str(when.get("rhythm")), 31)
    whole = type(day) is int and type(hour) is int
    return str(when.get("rhythm")) in RHYTHMS and whole and 1 <= day <= latest and 0 <= hour <= 23


def wrong(reason: str) -> Invalid:
    return Invalid.of({"definition": reason}, {"definition": "规则"})
