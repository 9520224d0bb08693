"""应收款: a part of a contract that is to be paid by a day, and what has come in for it."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from zhike.apps.contracts.flows import dun
from zhike.apps.contracts.flows.age_receivables import band
from zhike.apps.contracts.objects.dunning_step import CHANNELS
from zhike.apps.money import NOTHING
from zhike.kernel.declare import Input, Record, Spec, action, f, last_day, option, related
from zhike.org.scopes import by_owner

STANDINGS = {
    "open": option("未收", color="gold"),
    "part": option("部分已收", color="blue"),
    "settled": option("已收清", color="green"),
    "cancelled": option("已取消", color="default"),
}
AGES = {
    "d30": option("逾期 1–30 天", color="gold"),
    "d60": option("逾期 31–60 天", color="orange"),
    "d90": option("逾期 61–90 天", color="volcano"),
    "over": option("逾期 90 天以上", color="red"),
}
BY_PROGRAM = "由程序按到期日和已收金额得出"


class Asked(Input):
    """催收: how the customer was asked, and what she said."""

    channel = f.Choice("方式", CHANNELS, default="phone")
    content = f.Text("催收结果", max_length=500)
    promised_on = f.Date("承诺付款日期", blank=True)
    promised = f.Money("承诺金额", blank=True, least=Decimal("0.01"), help="留空为全部未收金额")


class Receivable(Record):
    name = f.Text("款项", search=True)
    contract: Any = f.Ref("contracts.Contract", "合同")
    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, help="留空由合同得出")
    amount = f.Money("应收金额", least=0)
    due_on = f.Date("到期日期")
    milestone: Any = f.Ref("contracts.Milestone", "触发里程碑", blank=True, help="里程碑完成后到期")
    invoiced = f.Money("已开票", default=NOTHING, editable=False)
    received = f.Money("已收金额", default=NOTHING, editable=False)
    outstanding = f.Money("未收金额", default=NOTHING, editable=False)
    standing = f.Choice("收款状态", STANDINGS, default="open", editable=False, fixed=BY_PROGRAM)
    ageing = f.Choice("账龄", AGES, blank=True, editable=False, fixed=BY_PROGRAM)
    collector: Any = f.Person("催收人", blank=True)
    step: Any = f.Ref("contracts.DunningStep", "催收步骤", blank=True, editable=False, on_delete=models.SET_NULL)
    promised_on = f.Date("承诺付款日期", blank=True, editable=False)
    dunning_note = f.Text("最近催收结果", blank=True, editable=False, max_length=500)
    dunned = f.Integer("催收次数", default=0, editable=False)

    spec = Spec(
        label="应收款",
        collection="receivables",
        menu="合同",
        place=43,
        subtitle=("contract", "due_on"),
        columns=("name", "contract", "customer", "amount", "received", "outstanding", "due_on", "standing", "ageing", "owner"),
        filters=(
            "customer", "contract", "amount", "outstanding", "due_on", "standing", "ageing", "collector", "step", "promised_on",
            "owner", "department",
        ),
        sections={
            "应收款": ("name", "contract", "customer", "amount", "due_on", "milestone"),
            "收款": ("invoiced", "received", "outstanding", "standing", "ageing"),
            "催收": ("collector", "step", "promised_on", "dunning_note", "dunned"),
        },
        order="due_on",
        scope=by_owner,
        pending={"field": "standing", "op": "in", "value": ["open", "part"]},
        calendar="due_on",
        last_days=(last_day("due_on", "收款到期", about="到账或催收", of="customer", person="collector"),),
        related=(
            related("contracts.Dunning", "receivable"), related("contracts.Receipt", "allocations.receivable", "收款"),
            related("contracts.Invoice", "receivable"),
        ),
    )  # fmt: skip

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["standing", "due_on"], name="receivable_due")]

    def derive(self) -> None:
        if not self.customer_id:
            self.customer_id = self.contract.customer_id
        self.outstanding = self.amount - self.received
        self.ageing = band(self.outstanding, self.due_on, timezone.localdate())
        self.standing = self._standing()

    def _standing(self) -> str:
        """Of what nothing is left to be paid nothing was paid either: it has been cancelled (合同终止、变更、退货)."""
        if self.outstanding <= 0:
            return "settled" if self.amount else "cancelled"
        return "part" if self.received else "open"

    @action("登记催收", input=Asked, bulk=False)
    def dun(self, actor: Any, data: Asked) -> Any:
        """Somebody asked for the money; what the customer promised (V-57)."""
        made = dun.note(self, data, actor)
        self.promised_on, self.dunning_note, self.dunned = data.promised_on, data.content, self.dunned + 1
        return {"made": [{"collection": made.spec.collection, "id": made.pk, "label": str(made)}]}
