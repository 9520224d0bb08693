"""发票: what was billed of a contract, with the tax in it."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhike.apps.money import tax_in
from zhike.apps.settled import gather_stored, refuse_changes
from zhike.kernel.declare import Input, Record, Refused, Spec, action, f, option
from zhike.org.scopes import by_owner

KINDS = {"special": "增值税专用发票", "ordinary": "增值税普通发票", "electronic": "数电发票"}
STATES = {
    "asked": option("待开", color="gold"),
    "issued": option("已开", color="green"),
    "void": option("已作废", color="default"),
}


CONTENT = ("contract", "receivable", "customer", "kind", "amount", "tax_rate")


class Issuing(Input):
    invoice_number = f.Text("发票号码", max_length=40)
    issued_on = f.Date("开票日期", default=timezone.localdate)


class Voiding(Input):
    reason = f.Text("作废原因", max_length=200)


class Invoice(Record):
    number = f.Number("申请编号", "FP{yyyy}{mm}-{seq:5}")
    name = f.Text("开票内容", default="软件产品及服务", search=True)
    contract: Any = f.Ref("contracts.Contract", "合同")
    receivable_id: Any
    contract_id: Any
    receivable: Any = f.Ref("contracts.Receivable", "应收款", blank=True)
    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, help="留空由合同得出")
    kind = f.Choice("发票类型", KINDS, default="special")
    amount = f.Money("价税合计", least=Decimal("0.01"))
    tax_rate = f.Decimal("税率(%)", default=Decimal(13), least=0, most=100, decimal_places=2, total="none")
    tax = f.Money("税额", blank=True, editable=False)
    net_amount = f.Money("不含税金额", blank=True, editable=False)
    invoice_number = f.Text("发票号码", blank=True, editable=False, max_length=40, search=True)
    issued_on = f.Date("开票日期", blank=True, editable=False)
    state = f.State("状态", STATES)
    void_reason = f.Text("作废原因", blank=True, editable=False, max_length=200)

    spec = Spec(
        label="发票",
        collection="invoices",
        menu="合同",
        place=44,
        subtitle=("number", "customer"),
        columns=("name", "number", "contract", "customer", "amount", "tax", "state", "invoice_number", "issued_on", "owner"),
        filters=("contract", "customer", "kind", "state", "amount", "issued_on", "owner", "department"),
        sections={
            "发票": ("name", "number", "contract", "receivable", "customer", "kind", "state", "invoice_number", "issued_on"),
            "金额": ("amount", "tax_rate", "tax", "net_amount", "void_reason"),
        },
        order="-created_at",
        board="state",
        scope=by_owner,
        quick=("contract", "receivable", "amount"),
    )

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        gather_stored([record for record in records if record.pk and record.state != "asked"], CONTENT)

    def derive(self) -> None:
        if not self.customer_id:
            self.customer_id = self.contract.customer_id
        self.tax = tax_in(self.amount, self.tax_rate)
        self.net_amount = self.amount - self.tax

    def validate(self) -> None:
        if self.pk and self.state != "asked":
            refuse_changes(self, CONTENT, "发票已开出，内容不能修改；请作废后重新申请")
        if self.receivable_id and self.receivable.contract_id != self.contract_id:
            raise Refused("应收款属于另一份合同", {"receivable": "不是这份合同的应收款"})

    @action("开票", source="asked", target="issued", input=Issuing, bulk=False)
    def issue(self, actor: Any, data: Issuing) -> None:
        """The tax office has it."""
        self.invoice_number, self.issued_on = data.invoice_number, data.issued_on

    @action("作废", source=("asked", "issued"), target="void", input=Voiding, danger=True)
    def void(self, actor: Any, data: Voiding) -> None:
        """It does not count any more."""
        self.void_reason = data.reason
