"""应收款明细表: what was owed on one day of a month, kept as it was and handed to sales management (V-56)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.money import NOTHING
from zhike.kernel.declare import Line, Record, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {"sent": option("待签收", color="gold"), "received": option("已签收", color="green")}
FIGURES = ("planned", "invoiced", "received", "outstanding", "overdue", "d30", "d60", "d90", "over")


class ReceivableStatement(Record):
    name = f.Text("应收款明细表", blank=True, editable=False, search=True)
    on = f.Date("截止日期", editable=False)
    built_at = f.DateTime("生成时间", default=timezone.now, editable=False)
    contracts = f.Integer("未收清合同", default=0, editable=False)
    planned = f.Money("应收金额", default=NOTHING, editable=False)
    invoiced = f.Money("已开票", default=NOTHING, editable=False)
    received = f.Money("已收金额", default=NOTHING, editable=False)
    outstanding = f.Money("未收金额", default=NOTHING, editable=False)
    overdue = f.Money("其中逾期", default=NOTHING, editable=False)
    d30 = f.Money("逾期 1–30 天", default=NOTHING, editable=False)
    d60 = f.Money("逾期 31–60 天", default=NOTHING, editable=False)
    d90 = f.Money("逾期 61–90 天", default=NOTHING, editable=False)
    over = f.Money("逾期 90 天以上", default=NOTHING, editable=False)
    departments = f.Lines("contracts.StatementLine", "部门汇总", editable=False)
    detail = f.File("合同明细", blank=True, editable=False)
    state = f.State("状态", STATES)
    received_by = f.Person("签收人", blank=True, editable=False)
    received_at = f.DateTime("签收时间", blank=True, editable=False)
    notes = f.LongText("督促意见", blank=True)

    spec = Spec(
        label="应收款明细表",
        collection="receivable-statements",
        arises=True,
        entrusted=True,
        menu="合同",
        place=48,
        subtitle=("state",),
        columns=("name", "state", "contracts", "planned", "invoiced", "received", "outstanding", "overdue", "received_by"),
        filters=("on", "state", "outstanding", "overdue"),
        sections={
            "应收款明细表": ("name", "on", "built_at", "contracts", "detail"),
            "金额": ("planned", "invoiced", "received", "outstanding", "overdue"),
            "账龄": ("d30", "d60", "d90", "over"),
            "部门汇总": ("departments",),
            "签收": ("state", "received_by", "received_at", "notes"),
        },
        order="-on",
        scope=by_owner,
        pending={"field": "state", "op": "eq", "value": "sent"},
    )

    def derive(self) -> None:
        self.name = f"{self.on.year}年{self.on.month}月应收款明细表"

    @action("签收", source="sent", target="received")
    def acknowledge(self, actor: Any) -> None:
        """Sales management has it and presses for payment."""
        self.received_by_id, self.received_at = actor.pk, timezone.now()


class StatementLine(Line):
    """部门汇总: what the customers of one department owe."""

    statement: Any = f.Parent("contracts.ReceivableStatement", "departments")
    team: Any = f.Ref("org.Department", "部门", blank=True)
    contracts = f.Integer("未收清合同", default=0)
    outstanding = f.Money("未收金额", default=NOTHING)
    overdue = f.Money("其中逾期", default=NOTHING)
    d30 = f.Money("逾期 1–30 天", default=NOTHING)
    d60 = f.Money("逾期 31–60 天", default=NOTHING)
    d90 = f.Money("逾期 61–90 天", default=NOTHING)
    over = f.Money("逾期 90 天以上", default=NOTHING)
