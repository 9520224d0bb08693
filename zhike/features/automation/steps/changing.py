"""Changing the records themselves: set fields, hand them to somebody, take an action."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from zhike.features.automation.steps.ground import Given, Ground, Step, dated, refuse_others
from zhike.features.notify.audience import Audience, refuse_unknown
from zhike.kernel.query.among import Among
from zhike.kernel.writes import Outcome, act_many, transfer_many, update_many
from zhike.kernel.writes.parsing import answered, parse
from zhike.org.objects.person import Person, System

TURN = "turn"


class SetFields(Step):
    """{"do": "set", "values": {"level": "a", "due_on": {"days": 3}}}"""

    @staticmethod
    def check(model: Any, step: Given) -> None:
        refuse_others(step, "values")
        values = step.get("values")
        if not isinstance(values, dict) or not values:
            raise ValueError("请选择要设置的字段")
        parse(model, dated(values), whole=False, actor=System("check"))
        if outside := [n for n in values if not model.kinds()[n].in_row]:
            raise ValueError(f"{'、'.join(model.kinds()[n].label for n in outside)}只能逐条修改")

    @staticmethod
    def label(model: Any, step: Given) -> str:
        return f"设置{'、'.join(model.kinds()[n].label for n in step['values'])}"

    @staticmethod
    def take(ground: Ground, step: Given) -> Outcome:
        return update_many(ground.rows, dated(step["values"]), actor=ground.actor)


class Assign(Step):
    """{"do": "assign", "to": {"by": "head"}} or {"by": "turn", "people": [3, 5]}: in turn, each record always to the same."""

    @staticmethod
    def check(model: Any, step: Given) -> None:
        refuse_others(step, "to")
        to = step.get("to")
        if not isinstance(to, dict) or to.get("by") != TURN:
            refuse_unknown([to], model)
            return
        people = to.get("people")
        if not isinstance(people, list) or not people or not all(type(p) is int for p in people):
            raise ValueError("请选择轮流分给谁")
        if Person._base_manager.filter(pk__in=people, is_active=True).count() != len(set(people)):
            raise ValueError("轮流分给的人中有人不存在或已停用")

    @staticmethod
    def label(model: Any, step: Given) -> str:
        return "分配负责人"

    @staticmethod
    def take(ground: Ground, step: Given) -> Outcome:
        to, outcome, given = step["to"], Outcome(), defaultdict(list)
        audience = Audience([{"by": "person", "person": p} for p in to["people"]] if to["by"] == TURN else [to])
        for record in ground.rows.only("pk", "owner", "department", *([to["field"]] if to["by"] == "field" else [])):
            found = audience.of(record)
            if not found:
                outcome.refused[record.pk] = "没有可以分配的人"
            elif (to_whom := found[record.pk % len(found)] if to["by"] == TURN else found[0]) != record.owner_id:
                given[to_whom].append(record.pk)
        people = Person._base_manager.in_bulk(given)
        for pk, ids in given.items():
            outcome.add(transfer_many(ground.model.objects.filter(Among("id", ids)), people[pk], actor=ground.actor))
        return outcome


class Act(Step):
    """{"do": "act", "action": "win", "data": {}}: a declared action, as if its button were pressed on each."""

    @staticmethod
    def check(model: Any, step: Given) -> None:
        refuse_others(step, "action", "data")
        action, data = model.actions().get(step.get("action")), dict(step.get("data") or {})
        if action is None or not action.bulk:
            raise ValueError("请选择动作")
        if len(action.targets) > 1 and data.pop("to", None) not in action.leads(model):
            raise ValueError(f"“{action.label}”要选到哪个状态")
        answered(action.input.fields if action.input else {}, dated(data), System("check"))

    @staticmethod
    def label(model: Any, step: Given) -> str:
        return f"执行“{model.actions()[step['action']].label}”"

    @staticmethod
    def take(ground: Ground, step: Given) -> Outcome:
        return act_many(ground.rows, step["action"], dated(step.get("data") or {}), actor=ground.actor)
