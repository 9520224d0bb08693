"""收款与退款: money that came in or went back, and which receivables it settles. What settles none is 预收."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhike.apps.belonging import count_for
from zhike.apps.contracts.flows import match_receipt
from zhike.apps.money import NOTHING
from zhike.kernel.declare import Line, Record, Spec, f, option
from zhike.org.scopes import by_owner

KINDS = {"receipt": option("收款", color="green"), "refund": option("退款", color="red")}
METHODS = {"transfer": "银行转账", "draft": "承兑汇票", "cash": "现金", "online": "在线支付", "other": "其他"}


class Receipt(Record):
    number = f.Number("收款编号", "SK{yyyy}{mm}-{seq:5}", synonyms=("receipt_number",))
    name = f.Text("摘要", blank=True, search=True, help="留空由客户名称得出")
    kind = f.Choice("类型", KINDS, default="receipt", fixed="退款按负数计算")
    customer: Any = f.Ref("customers.Customer", "客户")
    amount = f.Money("金额", least=Decimal("0.01"))
    received_on = f.Date("日期", default=timezone.localdate)
    method = f.Choice("方式", METHODS, default="transfer")
    automatic = f.Boolean("自动核销", default=True, help="没有指定明细时，从最早到期的应收款核销起；退款从最晚的冲回")
    allocations = f.Lines("contracts.ReceiptAllocation", "核销明细")
    allocated = f.Money("已核销", default=NOTHING, editable=False)
    advance = f.Money("预收余额", default=NOTHING, editable=False, help="还没有核销到应收款的部分")
    notes = f.Text("备注", blank=True)
    attachments = f.File("回单", blank=True)

    spec = Spec(
        label="收款",
        collection="receipts",
        menu="合同",
        place=45,
        subtitle=("number", "customer"),
        columns=("name", "number", "kind", "customer", "amount", "received_on", "allocated", "advance", "owner"),
        filters=("kind", "customer", "amount", "received_on", "method", "advance", "owner", "department"),
        sections={
            "收款": ("name", "number", "kind", "customer", "amount", "received_on", "method", "notes", "attachments"),
            "核销": ("automatic", "allocations", "allocated", "advance"),
        },
        order="-received_on",
        scope=by_owner,
        quick=("customer", "amount", "received_on"),
        calendar="received_on",
    )

    def derive(self) -> None:
        count_for(self, self.customer)  # finance writes it down, whoever looks after the customer sees it (V-61)
        self.name = self.name or (f"{self.customer.short_name or self.customer.name} {KINDS[self.kind].label}")
        if self._state.adding and self.automatic and not self.incoming.get("allocations") and isinstance(self.incoming, dict):
            self.incoming["allocations"] = match_receipt.oldest_first(self)
        if "allocations" in self.incoming:
            match_receipt.share_out(self)
            self.allocated = sum((row["amount"] for row in self.incoming["allocations"]), NOTHING)
        self.advance = self.amount - self.allocated

    def validate(self) -> None:
        match_receipt.refuse_wrong(self)


class ReceiptAllocation(Line):
    """核销: the part of a receipt that settles one receivable, or the part of a refund that opens it again."""

    receipt: Any = f.Parent("contracts.Receipt", "allocations")
    receivable: Any = f.Ref("contracts.Receivable", "应收款")
    amount = f.Money("金额", blank=True, least=0, help="留空按收款金额和未收金额算出")
