"""订单: what is to be delivered under a contract; it shows status, payment and delivery (G-12)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhike.apps.contracts.flows import fulfil_order
from zhike.apps.contracts.objects.receipt import METHODS
from zhike.apps.money import NOTHING, cents
from zhike.apps.settled import refuse_changes
from zhike.kernel.declare import Input, Line, Record, Refused, Spec, action, f, last_day, option, related
from zhike.org.scopes import by_owner

STATES = {
    "draft": option("草稿", color="default"),
    "reviewing": option("待商务审核", color="gold"),
    "confirmed": option("已审核", color="cyan"),
    "executing": option("执行中", color="blue"),
    "completed": option("已完成", color="green"),
    "cancelled": option("已取消", color="red"),
}
DELIVERIES = {
    "none": option("未交付", color="default"),
    "part": option("部分交付", color="blue"),
    "all": option("已交付", color="green"),
}
BY_ACTIONS = "由动作推进"
AGREED = ("wanted_on", "payment_method")


class Review(Input):
    """审核意见; beyond the credit limit only with a reason."""

    opinion = f.Text("意见", blank=True, max_length=500)
    credit_reason = f.Text("超信用额度放行原因", blank=True, max_length=500)


class SendingBack(Input):
    opinion = f.Text("原因", max_length=500)


class Execution(Input):
    """谁来发货、收款、实施."""

    deliverer = f.Person("发货人")
    collector = f.Person("收款人")
    implementer = f.Person("实施人")
    due_on = f.Date("要求完成日期")


class Delivery(Input):
    delivery = f.Choice("交付情况", DELIVERIES)
    delivered_on = f.Date("交付日期", default=timezone.localdate)


class Order(Record):
    number = f.Number("订单编号", "DD{yyyy}{mm}-{seq:5}", synonyms=("order_number",))
    name = f.Text("订单名称", blank=True, search=True, help="留空由合同得出")
    contract_id: Any
    contract: Any = f.Ref("contracts.Contract", "合同", help="须已签订；明细和价格随之带入")
    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", blank=True)
    opportunity_id: int | None
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True, editable=False)
    items = f.Lines("contracts.OrderItem", "订单明细")
    amount = f.Money("订单金额", blank=True, editable=False)
    ordered_on = f.Date("下单日期", default=timezone.localdate)
    wanted_on = f.Date("要求交付日期", blank=True, help="提交审核前必填")
    payment_method = f.Choice("付款方式", METHODS, blank=True, help="提交审核前必填")
    state = f.State("状态", STATES)
    delivery = f.Choice("交付情况", DELIVERIES, default="none", editable=False, fixed=BY_ACTIONS)
    delivered_on = f.Date("交付日期", blank=True, editable=False)
    planned = f.Money("合同应收", default=NOTHING, editable=False)
    received = f.Money("合同已收", default=NOTHING, editable=False)
    outstanding = f.Money("合同未收", default=NOTHING, editable=False)
    returned = f.Money("已退货", default=NOTHING, editable=False)
    reviewed_by = f.Person("商务审核人", blank=True, editable=False)
    reviewed_at = f.DateTime("审核时间", blank=True, editable=False)
    opinion = f.Text("审核意见", blank=True, editable=False, max_length=500)
    notes = f.LongText("备注", blank=True)
    completeness = f.Completeness(of=("contract", "customer", "items", "wanted_on"))

    spec = Spec(
        label="订单",
        collection="orders",
        menu="合同",
        place=41,
        subtitle=("number", "customer", "state"),
        columns=("name", "number", "customer", "state", "amount", "received", "outstanding", "delivery", "wanted_on", "owner"),
        filters=(
            "customer", "contract", "opportunity", "state", "delivery", "payment_method", "amount", "outstanding", "ordered_on",
            "wanted_on",
            "owner", "department",
        ),
        sections={
            "基本信息": ("name", "number", "contract", "customer", "opportunity", "ordered_on", "wanted_on", "payment_method"),
            "明细": ("items", "amount"),
            "状态": ("state", "delivery", "delivered_on"),
            "收款": ("planned", "received", "outstanding", "returned"),
            "审核": ("reviewed_by", "reviewed_at", "opinion", "notes"),
        },
        board="state",
        scope=by_owner,
        quick=("contract", "wanted_on", "payment_method"),
        pending={"field": "state", "op": "not_in", "value": ["completed", "cancelled"]},
        calendar="wanted_on",
        last_days=(last_day("wanted_on", "要求交付", about="交付并登记"),),
        related=(related("contracts.ExecutionOrder", "order"), related("contracts.OrderReturn", "order")),
    )  # fmt: skip

    def derive(self) -> None:
        if not self.customer_id:
            self.customer_id = self.contract.customer_id
        self.name = self.name or f"{self.contract.name} 订单"
        if self._state.adding:
            self.opportunity_id = self.contract.opportunity_id
            fulfil_order.follow_contract(self)
        if "items" in self.incoming:
            self.amount = fulfil_order.reckon(self, self.incoming["items"])

    def validate(self) -> None:
        if self.pk and self.state != "draft":
            refuse_changes(self, ("contract", "customer", "items"), "订单提交审核后内容不能修改；待审核的可以先撤回")

    @action("提交商务审核", source="draft", target="reviewing")
    def submit(self, actor: Any) -> None:
        """To the business manager (V-54), with what was agreed on delivery and payment (K-28)."""
        if self.contract.state not in ("signed", "fulfilled"):
            raise Refused("合同签订后才能下订单", {"contract": "合同尚未签订"})
        if not self.amount:
            raise Refused("订单没有明细，不能提交", {"items": "至少一行"})
        if missing := {name: "提交审核前必填" for name in AGREED if not getattr(self, name)}:
            raise Refused("订单要写明何时交付、怎样付款才能提交", missing)

    @action("审核通过", source="reviewing", target="confirmed", input=Review)
    def confirm(self, actor: Any, data: Review) -> None:
        """As the contract has it, and within the customer's credit."""
        fulfil_order.refuse_beyond_credit(self, data.credit_reason)
        self.reviewed_by_id, self.reviewed_at = actor.pk, timezone.now()
        self.opinion = "；".join(text for text in (data.opinion, data.credit_reason) if text)[:500]

    @action("退回", source="reviewing", target="draft", input=SendingBack)
    def send_back(self, actor: Any, data: SendingBack) -> None:
        """Not like this."""
        self.reviewed_by_id, self.reviewed_at, self.opinion = actor.pk, timezone.now(), data.opinion

    @action("撤回", source="reviewing", target="draft")
    def withdraw(self, actor: Any) -> None:
        """Something is still to be changed."""

    @action("发起执行单", source="confirmed", target="executing", input=Execution, bulk=False)
    def execute(self, actor: Any, data: Execution) -> Any:
        """Delivery, collection and implementation are told what to do (V-55)."""
        made = fulfil_order.execute(self, data, actor)
        return {"made": [{"collection": r.spec.collection, "id": r.pk, "label": str(r)} for r in made]}

    @action("登记交付", source="executing", input=Delivery, bulk=False)
    def deliver(self, actor: Any, data: Delivery) -> None:
        """What has reached the customer."""
        self.delivery, self.delivered_on = data.delivery, data.delivered_on

    @action("完成订单", source="executing", target="completed")
    def complete(self, actor: Any) -> None:
        """Everything delivered."""
        if self.delivery != "all":
            raise Refused("还没有全部交付，不能完成")

    @action("取消订单", source=("draft", "reviewing", "confirmed"), target="cancelled", input=SendingBack, danger=True)
    def cancel(self, actor: Any, data: SendingBack) -> None:
        """It will not be delivered."""
        self.opinion = data.opinion


class OrderItem(Line):
    """订单明细: as in the contract."""

    order: Any = f.Parent("contracts.Order", "items")
    product: Any = f.Ref("catalog.Product", "产品")
    specification = f.Text("规格型号", blank=True, taken_from="product.specification")
    quantity = f.Decimal("数量", default=Decimal(1), least=0, decimal_places=2)
    price_ratio = f.Ratio("折扣", blank=True, editable=False, help="合同对这个产品约定的折扣")
    price = f.Money("单价", blank=True, least=0, total="none")
    amount = f.Money("小计", blank=True, editable=False, product_of=("quantity", "price"))
    share = f.Money("分摊优惠", default=NOTHING, editable=False, help="合同整单优惠中这些数量应得的部分")
    wanted_on = f.Date("交期", blank=True, help="留空为订单的要求交付日期")

    def derive(self) -> None:
        self.amount = None if self.price is None else cents(self.quantity * self.price)
