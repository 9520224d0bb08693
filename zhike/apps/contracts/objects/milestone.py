"""里程碑: a step of the implementation; when it is reached, the payment that waits for it falls due (V-59)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.contracts.flows import fulfil_order
from zhike.kernel.declare import Input, Record, Spec, action, f, last_day, option, related
from zhike.org.scopes import by_owner

STATES = {"open": option("未完成", color="gold"), "reached": option("已完成", color="green")}


class Reaching(Input):
    reached_on = f.Date("完成日期", default=timezone.localdate)
    result = f.Text("结果", blank=True, max_length=500)


class Milestone(Record):
    name = f.Text("里程碑", search=True)
    execution_order: Any = f.Ref("contracts.ExecutionOrder", "执行单", blank=True)
    due_on = f.Date("计划日期")
    reached_on = f.Date("完成日期", blank=True, editable=False)
    result = f.Text("结果", blank=True, editable=False, max_length=500)
    state = f.State("状态", STATES)

    spec = Spec(
        label="里程碑",
        collection="milestones",
        menu="合同",
        place=46,
        subtitle=("execution_order", "due_on"),
        columns=("name", "execution_order", "due_on", "reached_on", "state", "owner"),
        filters=("execution_order", "state", "due_on", "reached_on", "owner", "department"),
        sections={"里程碑": ("name", "execution_order", "due_on", "state", "reached_on", "result")},
        order="due_on",
        scope=by_owner,
        pending={"field": "state", "op": "eq", "value": "open"},
        calendar="due_on",
        last_days=(last_day("due_on", "计划日期", about="完成并登记"),),
        tick="reach",
        assignable=True,
        related=(related("contracts.Receivable", "milestone", "付款节点"),),
    )

    @action("完成", source="open", target="reached", input=Reaching)
    def reach(self, actor: Any, data: Reaching) -> None:
        """Done; whoever follows up payments is told by a task."""
        self.reached_on, self.result = data.reached_on, data.result
        fulfil_order.fall_due(self, actor)
