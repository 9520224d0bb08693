"""执行单: what follows from a confirmed order, step by step; its steps become tasks and milestones (V-55, V-58)."""

from __future__ import annotations

from typing import Any

from zhike.apps.belonging import count_for
from zhike.apps.contracts.flows import fulfil_order
from zhike.kernel.declare import Line, Record, Spec, action, f, option, related
from zhike.org.scopes import by_owner

STATES = {
    "draft": option("待下达", color="gold"),
    "running": option("执行中", color="blue"),
    "done": option("已完成", color="green"),
}
KINDS = {
    "delivery": option("发货", color="blue"),
    "collection": option("收款", color="gold"),
    "implementation": option("实施", color="green"),
}


class ExecutionOrder(Record):
    number = f.Number("执行单编号", "ZX{yyyy}{mm}-{seq:5}")
    name = f.Text("执行单", blank=True, search=True)
    order_id: Any
    order: Any = f.Ref("contracts.Order", "订单")
    state = f.State("状态", STATES)
    steps = f.Lines("contracts.ExecutionStep", "执行步骤")
    notes = f.LongText("要求", blank=True)

    spec = Spec(
        label="执行单",
        collection="execution-orders",
        menu="合同",
        place=42,
        subtitle=("number", "order"),
        columns=("name", "number", "order", "state", "owner", "created_at"),
        filters=("order", "state", "owner", "department", "created_at"),
        sections={"执行单": ("name", "number", "order", "state", "steps", "notes")},
        scope=by_owner,
        related=(related("contracts.Milestone", "execution_order"),),
    )

    def derive(self) -> None:
        self.name = self.name or f"{self.order.name} 执行单"
        count_for(self, self.order)  # the business manager starts it, whoever sold it follows it

    @action("下达任务", source="draft", target="running", bulk=False)
    def dispatch(self, actor: Any) -> Any:
        """Each step becomes a milestone and a task of whoever is to do it."""
        made = fulfil_order.dispatch(self, actor)
        return {"made": [{"collection": r.spec.collection, "id": r.pk, "label": str(r)} for r in made]}

    @action("完成", source="running", target="done")
    def complete(self, actor: Any) -> None:
        """Every milestone is reached."""
        fulfil_order.refuse_unfinished(self)


class ExecutionStep(Line):
    """执行步骤."""

    execution_order: Any = f.Parent("contracts.ExecutionOrder", "steps")
    name = f.Text("步骤", max_length=100)
    kind = f.Choice("类别", KINDS, default="implementation", fixed="程序按类别下达任务")
    person: Any = f.Person("负责人")
    due_on = f.Date("完成日期")
    receivable: Any = f.Ref("contracts.Receivable", "付款节点", blank=True)
