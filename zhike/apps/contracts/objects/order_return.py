"""退货: what of an order comes back, at exactly its price. It lowers what is owed; what was paid already is refunded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhike.apps.contracts.flows import return_goods
from zhike.apps.contracts.objects.receipt import METHODS
from zhike.apps.money import NOTHING
from zhike.apps.settled import refuse_changes
from zhike.kernel.declare import Input, Line, Record, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {
    "draft": option("待审核", color="gold"),
    "accepted": option("待结算", color="blue"),
    "settled": option("已结算", color="green"),
    "refused": option("已拒绝", color="default"),
}


class Refusal(Input):
    opinion = f.Text("原因", max_length=500)


class Settlement(Input):
    """Goods are back; what was paid for them goes back too."""

    settled_on = f.Date("结算日期", default=timezone.localdate)
    method = f.Choice("退款方式", METHODS, default="transfer")


class OrderReturn(Record):
    number = f.Number("退货编号", "TH{yyyy}{mm}-{seq:5}")
    name = f.Text("退货单", blank=True, search=True, help="留空由订单得出")
    order_id: Any
    order: Any = f.Ref("contracts.Order", "订单")
    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, editable=False)
    reason = f.Text("退货原因", max_length=500)
    returned_on = f.Date("退货日期", default=timezone.localdate)
    items = f.Lines("contracts.ReturnItem", "退货明细")
    amount = f.Money("退货金额", default=NOTHING, editable=False, help="按订单成交价，扣除分摊的优惠")
    state = f.State("状态", STATES)
    lowered = f.Money("冲减应收", default=NOTHING, editable=False)
    refunded = f.Money("退款", default=NOTHING, editable=False)
    settled_on = f.Date("结算日期", blank=True, editable=False)
    opinion = f.Text("审核意见", blank=True, editable=False, max_length=500)

    spec = Spec(
        label="退货",
        collection="order-returns",
        menu="合同",
        place=42,
        subtitle=("number", "customer", "state"),
        columns=("name", "number", "order", "customer", "amount", "lowered", "refunded", "state", "returned_on", "owner"),
        filters=("order", "customer", "state", "amount", "returned_on", "settled_on", "owner", "department"),
        sections={
            "退货": ("name", "number", "order", "customer", "returned_on", "reason", "items"),
            "金额": ("amount", "lowered", "refunded"),
            "审核与结算": ("state", "opinion", "settled_on"),
        },
        order="-returned_on",
        board="state",
        scope=by_owner,
        quick=("order", "reason", "items"),
        pending={"field": "state", "op": "in", "value": ["draft", "accepted"]},
    )

    def derive(self) -> None:
        self.customer_id = self.order.customer_id
        self.name = self.name or f"{self.order.name} 退货"
        return_goods.price(self)

    def validate(self) -> None:
        if self.pk and self.state != "draft":
            refuse_changes(self, ("order",), "退货审核后不能修改")

    @action("审核通过", source="draft", target="accepted", bulk=False)
    def accept(self, actor: Any) -> None:
        """Reckoned once more after what has come back before."""
        return_goods.reckon_anew(self)

    @action("拒绝", source="draft", target="refused", input=Refusal)
    def refuse(self, actor: Any, data: Refusal) -> None:
        """It stays with the customer."""
        self.opinion = data.opinion

    @action("结算", source="accepted", target="settled", input=Settlement, bulk=False)
    def settle(self, actor: Any, data: Settlement) -> Any:
        """The goods are back: what is owed is lowered, and what was paid for them is paid back."""
        self.settled_on = data.settled_on
        return return_goods.settle(self, data, actor)


class ReturnItem(Line):
    """退货明细."""

    order_return: Any = f.Parent("contracts.OrderReturn", "items")
    product: Any = f.Ref("catalog.Product", "产品")
    quantity = f.Decimal("数量", default=Decimal(1), least=Decimal("0.01"), decimal_places=2)
    amount = f.Money("金额", blank=True, editable=False)
