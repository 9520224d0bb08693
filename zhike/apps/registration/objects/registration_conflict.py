"""撞单: somebody registered what another team holds. It was stopped and noted; she may ask for an arbitration (V-41…V-43)."""

from __future__ import annotations

from typing import Any

from django.db import models

from zhike.kernel.declare import Input, Record, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {
    "stopped": option("已拦截", color="red"),
    "appealed": option("仲裁中", color="gold"),
    "settled": option("已裁决", color="green"),
    "withdrawn": option("已撤回", color="default"),
}
SUBJECTS = {"customer": "客户", "opportunity": "销售机会"}


class Appeal(Input):
    """Why it should be hers."""

    grounds = f.LongText("申请理由", help="例如客户的意向、已做的工作、对签约有利的条件")
    files = f.File("证据材料", blank=True)


class RegistrationConflict(Record):
    """Its owner is whoever came second. What is held by the other side is kept, but told to nobody here: only the team."""

    name = f.Text("报备名称", editable=False, search=True)
    number = f.Number("撞单编号", "ZD{yyyy}{mm}-{seq:4}")
    subject = f.Choice("报备对象", SUBJECTS, default="customer", editable=False, fixed="程序只认得这两种")
    reason = f.Text("相同之处", blank=True, editable=False)
    team: Any = f.Department("先报备部门", blank=True, editable=False)
    registered_at = f.DateTime("先报备时间", blank=True, editable=False)
    tried_at = f.DateTime("最近一次报备", blank=True, editable=False)
    tries = f.Integer("拦截次数", default=1, editable=False)
    state = f.State("状态", STATES)
    grounds = f.LongText("申请理由", blank=True)
    files = f.File("证据材料", blank=True)
    outcome = f.Text("裁决结果", blank=True, editable=False)
    settled_at = f.DateTime("裁决时间", blank=True, editable=False)
    # What the other side holds: no field, so that no screen, export or history can tell of it.
    held_id: int | None
    held: Any = models.ForeignKey("customers.Customer", models.CASCADE, null=True, related_name="+", editable=False)
    deal_id: int | None
    deal: Any = models.ForeignKey("sales.Opportunity", models.CASCADE, null=True, related_name="+", editable=False)

    spec = Spec(
        label="撞单记录",
        collection="registration-conflicts",
        menu="客户",
        place=16,
        subtitle=("team", "state"),
        columns=("name", "subject", "reason", "team", "tries", "tried_at", "state", "owner"),
        filters=("name", "subject", "team", "state", "owner", "department", "tried_at"),
        sections={
            "报备": ("name", "number", "subject", "tried_at", "tries"),
            "先报备的一方": ("team", "registered_at", "reason"),
            "仲裁": ("state", "grounds", "files", "outcome", "settled_at"),
        },
        order="-tried_at",
        scope=by_owner,
        arises=True,
    )

    @action("申请仲裁", source="stopped", target="appealed", input=Appeal, bulk=False)
    def appeal(self, actor: Any, data: Appeal) -> None:
        """Whoever leads both sides decides, with what both have on file before her eyes."""
        from zhike.apps.registration.flows.open_case import open_case

        self.grounds, self.files = data.grounds, data.files
        open_case(self, actor)

    @action("撤回申请", source="appealed", target="withdrawn", bulk=False)
    def withdraw(self, actor: Any) -> None:
        """She lets the other side have it."""
        from zhike.apps.registration.flows.open_case import close_case

        close_case(self, actor)
