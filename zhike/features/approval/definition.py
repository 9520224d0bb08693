"""审批规则: the JSON a policy is kept as, read by the very code that follows it.

{"fields": ["credit_code"], "above": 5000, "condition": {…},
 "steps": [{"name": "部门经理", "who": [{"by": "head", "level": 1}], "rule": "any",
 "when": {…}, "limit": {"amount": 2, "unit": "workday", "then": "escalate"}}]}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

from zhike.features.clocks.marks import DAY, HOUR, WORKDAY
from zhike.kernel.errors import Invalid
from zhike.kernel.query import filters
from zhike.kernel.registry import objects
from zhike.org.objects.person import System

ANY, ALL, SEQUENCE = "any", "all", "sequence"
RULES = (ANY, ALL, SEQUENCE)
BY = {"role": "role", "post": "post", "head": "level", "person": "person", "field": "field", "chosen": ""}
REMIND, ESCALATE, AGREE, DISAGREE = "remind", "escalate", "agree", "disagree"
THEN = (REMIND, ESCALATE, AGREE, DISAGREE)
STEP_KEYS = {"name", "who", "rule", "firm", "when", "limit"}
MOST_STEPS, MOST_WHO, HIGHEST_LEVEL, LONGEST_LIMIT = 20, 20, 9, 1000
MOST_ROWS = 10**9
SIZED = ("delete", "change", "transfer")
"""What a policy with a number lets one do to so many records a day; without one it holds back each record by itself."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """时限: how long a step may take and what happens then."""

    amount: int
    unit: str
    then: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: who must agree, and when it is taken at all; a firm one knows only yes and no (确定性意见)."""

    name: str
    who: tuple[dict[str, Any], ...]
    rule: str = ANY
    firm: bool = False
    when: Any = None
    limit: Limit | None = None


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A policy as it is followed.

    Arguments:
        fields: those whose change it protects.
        above: how many records that meet the condition an export may hold without agreement, and how many of them one person
            may delete, change in bulk or hand over on one day.
    """

    fields: frozenset[str] = frozenset()
    above: int = 0
    condition: Any = None
    steps: tuple[Step, ...] = field(default_factory=tuple)


def read_text(text: str) -> dict[str, Any]:
    """The JSON of a kept definition. Raises Invalid."""
    try:
        given = orjson.loads(text) if text and text.strip() else {}
    except orjson.JSONDecodeError:
        raise wrong("不是正确的 JSON") from None
    if not isinstance(given, dict) or set(given) - {"fields", "above", "condition", "steps"}:
        raise wrong("应由 fields、above、condition 与 steps 组成")
    return given


def read(given: dict[str, Any]) -> Definition:
    """Raises Invalid saying which step is wrong."""
    fields, steps = given.get("fields") or [], given.get("steps") or []
    if not isinstance(fields, list) or not all(isinstance(name, str) for name in fields):
        raise wrong("受保护的字段应为一组字段名")
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise wrong(f"最多 {MOST_STEPS} 个步骤")
    above = given.get("above") or 0
    if type(above) is not int or not 0 <= above <= MOST_ROWS:
        raise wrong("条数应为不小于 0 的整数")
    read_steps = tuple(_step(number, step) for number, step in enumerate(steps, 1))
    return Definition(fields=frozenset(fields), above=above, condition=given.get("condition"), steps=read_steps)


def _step(number: int, given: Any) -> Step:
    if not isinstance(given, dict) or set(given) - STEP_KEYS:
        raise wrong(f"第 {number} 步的格式不正确")
    name, who, rule = given.get("name"), given.get("who"), given.get("rule", ANY)
    if not isinstance(name, str) or not 0 < len(name.strip()) <= 40:
        raise wrong(f"第 {number} 步需要 1 到 40 个字的名称")
    if rule not in RULES:
        raise wrong(f"第 {number} 步的方式应为 {'、'.join(RULES)} 之一")
    if not isinstance(given.get("firm", False), bool):
        raise wrong(f"第 {number} 步的“只能同意或不同意”应为是或否")
    if not isinstance(who, list) or not 0 < len(who) <= MOST_WHO or not all(_is_somebody(one) for one in who):
        raise wrong(f"第 {number} 步请选择审批人")
    limit, firm = _limit(number, given.get("limit")), given.get("firm", False)
    return Step(name=name.strip(), who=tuple(who), rule=rule, firm=firm, when=given.get("when"), limit=limit)


def _is_somebody(given: Any) -> bool:
    """Whether this names people in one of the ways there are."""
    if not isinstance(given, dict) or str(given.get("by")) not in BY:
        return False
    wanted = BY[given["by"]]
    value = given.get(wanted) if wanted else None
    if given["by"] == "head":
        return type(value) is int and 0 < value <= HIGHEST_LEVEL
    if given["by"] == "person":
        return type(value) is int and 0 < value < 2**63
    if given["by"] == "field":
        return isinstance(value, str)
    return not wanted or (isinstance(value, int | str) and not isinstance(value, bool) and bool(value))


def _limit(number: int, given: Any) -> Limit | None:
    if given is None:
        return None
    known = isinstance(given, dict) and set(given) == {"amount", "unit", "then"}
    if not known or type(given["amount"]) is not int or not 0 < given["amount"] <= LONGEST_LIMIT:
        raise wrong(f"第 {number} 步的时限应为 1 到 {LONGEST_LIMIT}")
    if given["unit"] not in (HOUR, DAY, WORKDAY) or given["then"] not in THEN:
        raise wrong(f"第 {number} 步的时限格式不正确")
    return Limit(**given)


def check(collection: str, verb: str, given: dict[str, Any]) -> Definition:
    """What could not be followed for this object is refused on saving. Raises Invalid."""
    model, found = objects()[collection], read(given)
    if verb not in model.verbs() or verb in ("view", "import"):
        raise Invalid.of({"verb": "没有这个操作"}, {"verb": "操作"})
    if found.above and verb not in (*SIZED, "export"):
        raise wrong("条数只用于导出、删除、修改和转交")
    if unknown := found.fields - set(model.kinds()):
        raise wrong(f"没有字段 {'、'.join(sorted(unknown))}")
    anybody = System("check")
    for tree in (found.condition, *(step.when for step in found.steps)):
        filters.condition(model, tree, anybody)
    for step in found.steps:
        for one in step.who:
            if one["by"] == "field" and getattr(model.kinds().get(one["field"]), "kind", "") != "person":
                raise wrong(f"“{step.name}”：{one['field']} 不是人员字段")
    return found


def wrong(reason: str) -> Invalid:
    return Invalid.of({"definition": reason}, {"definition": "规则"})
