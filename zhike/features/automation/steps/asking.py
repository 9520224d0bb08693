"""Starting an approval: the action is asked for in the owner's name, and waits as the policies say."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from zhike.features.approval.submitting import Deed, submit
from zhike.features.automation.steps.ground import Given, Ground, Step, dated, refuse_others
from zhike.kernel.errors import Problem, Refused
from zhike.kernel.guards import Held
from zhike.kernel.writes import Outcome, act, update
from zhike.kernel.writes.parsing import parse
from zhike.org.objects.person import Person, System

MOST = 100
"""A request is one person's matter with her own approvers; so many a run."""


class Approve(Step):
    """{"do": "approve", "action": "win", "data": {}} or {"do": "approve", "values": {"level": "a"}}

    What no policy holds back is not done at all: an approval was meant.
    """

    @staticmethod
    def check(model: Any, step: Given) -> None:
        refuse_others(step, "action", "data", "values")
        if ("action" in step) == ("values" in step):
            raise ValueError("请选择要审批的动作或修改")
        if "action" in step and step["action"] not in model.actions():
            raise ValueError("请选择动作")
        if "action" in step and model.actions()[step["action"]].secrets:
            raise ValueError("这个动作要填写密钥，只能由人来做")
        if "values" in step:
            parse(model, dated(step["values"]), whole=False, actor=System("check"))

    @staticmethod
    def label(model: Any, step: Given) -> str:
        return f"发起审批“{model.actions()[step['action']].label if 'action' in step else '修改'}”"

    @staticmethod
    def take(ground: Ground, step: Given) -> Outcome:
        outcome = Outcome()
        records = list(ground.rows.order_by("pk"))
        people = {p.pk: p for p in Person.objects.acting().filter(pk__in={r.owner_id for r in records if r.owner_id})}
        outcome.refused |= {r.pk: f"一次最多发起 {MOST} 个审批" for r in records[MOST:]}
        for record in records[:MOST]:
            try:
                _submit(record, people.get(record.owner_id), step)
            except Problem as problem:
                outcome.refused[record.pk] = problem.message
            else:
                outcome.done.append(record.pk)
        return outcome


def _submit(record: Any, owner: Any, step: Given) -> None:
    """Ask for it in the owner's name. Raises Refused when there is nobody to ask for it, or nothing to agree to."""
    if owner is None:
        raise Refused("没有负责人，无法以其名义发起审批")
    verb, data = step.get("action", "change"), dated(step.get("data" if "action" in step else "values") or {})
    owner.through = "automation"
    try:
        with transaction.atomic():
            _do(record, verb, data, owner)
            raise Refused("没有适用的审批规则，没有执行")
    except Held as held:
        submit(held, Deed(collection=record.spec.collection, verb=verb, record=record.pk, data=data), actor=owner)


def _do(record: Any, verb: str, data: dict[str, Any], owner: Any) -> None:
    if verb == "change":
        update(record, data, actor=owner)
    else:
        act(record, verb, data, actor=owner)
