"""Exports that wait 导出审批: a policy on the verb “export” asks for agreement above a number of records."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.features.approval.guarding import Plan, agreement, route
from zhike.features.approval.policies import Policy, in_force
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Held, Intent
from zhike.kernel.query import filters
from zhike.org.objects.person import System


def is_agreed() -> bool:
    """Whether everybody has agreed to the export that is being begun."""
    return agreement() is not None


def ask_for_export(rows: Any, actor: Any) -> None:
    """Raise Held when a policy lets nobody take this much along alone; the first that holds decides. Raises Refused."""
    policies = in_force(actor.organisation and actor.revision).get((rows.model.spec.collection, "export"), ())
    for policy in policies:
        if not policy.begun(timezone.localdate()):
            continue
        count, request = meeting(rows, policy.definition.condition).count(), agreement()
        applied = applying_of(rows, policy) if count > policy.definition.above else []
        if applied and request is not None and request.policy == policy.pk:
            if applied != request.applied:
                raise Refused("审批期间记录有变化，要走的步骤与已同意的不同，请重新提交")
            return
        if applied:
            raise _held(policy, applied, rows, count, actor)


def applying_of(rows: Any, policy: Policy) -> list[int]:
    """The steps to be taken for these records: those whose condition one of them meets."""
    return [n for n, step in enumerate(policy.definition.steps) if not step.when or meeting(rows, step.when).exists()]


def meeting(rows: Any, tree: Any) -> Any:
    """Those of the records that meet a condition; asked of the house, not of what the requester may ask."""
    return rows.filter(filters.condition(rows.model, tree, System("approval"))) if tree else rows


def _held(policy: Policy, applied: list[int], rows: Any, count: int, actor: Any) -> Held:
    model, steps = rows.model, policy.definition.steps
    told = {"field": "rows", "label": "条数", "old": "", "new": f"{count:,}"}
    plan = Plan(
        policy=policy, applied=applied, route=route([(n, steps[n]) for n in applied], model(), actor),
        title=f"导出{model.spec.label} {count:,} 条", changes=[told], base={}, department=actor.department_id,
    )  # fmt: skip
    intent = Intent(actor=actor, model=model, verb="export", records=[], changed={})
    return Held(f"需要先审批（{policy.name}）", records=frozenset(), intent=intent, plan=plan)
