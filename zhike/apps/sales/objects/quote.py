"""报价: what we offer a customer at which price. Nothing of it leaves the house before it is approved (V-44)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from zhike.apps.sales.authority import Discount
from zhike.apps.sales.flows import decide_quote, settle_quote
from zhike.apps.sales.flows.price_lines import gather_prices, price_lines
from zhike.apps.sales.objects.priced_item import PricedItem
from zhike.apps.sales.rules import QUOTE_VALIDITY
from zhike.apps.settled import gather_stored, refuse_changes
from zhike.kernel.declare import Input, Record, Refused, Spec, action, f, option, related
from zhike.org.scopes import by_owner

STATES = {
    "draft": option("草稿", color="default"),
    "submitted": option("待审批", color="gold"),
    "approved": option("已批准", color="cyan"),
    "sent": option("已发送", color="blue"),
    "accepted": option("客户接受", color="green"),
    "rejected": option("客户拒绝", color="red"),
    "expired": option("已过期", color="default"),
    "superseded": option("已被新版取代", color="default"),
}
KEPT_IN = ("draft", "submitted")
OFFERED = ("approved", "sent")
CONTENT = ("opportunity", "customer", "contact", "price_book", "quoted_on", "valid_until", "discount", "terms", "items")
EXCEPTIONS = {"asked": option("已申请", color="gold"), "granted": option("已批准", color="green")}


class Opinion(Input):
    """意见: what the decision rests on."""

    opinion = f.Text("意见", blank=True, max_length=500)


class Reason(Input):
    reason = f.Text("原因", max_length=500)


class Quote(Record):
    number = f.Number("报价编号", "BJ{yyyy}{mm}-{seq:5}", synonyms=("quote_number", "quote_id"))
    name = f.Text("报价名称", blank=True, search=True, help="留空由客户名称得出", synonyms=("quote", "quote_name"))
    revision = f.Integer("版本", default=1, editable=False, total="none")
    root: Any = f.Ref("sales.Quote", "首版", blank=True, editable=False)
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True)
    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, synonyms=("customer", "account", "客户名称"))
    contact: Any = f.Ref("customers.Contact", "联系人", blank=True)
    price_book: Any = f.Ref("catalog.PriceBook", "价格表", blank=True, help="留空按产品的标准价")
    quoted_on = f.Date("报价日期", default=timezone.localdate)
    valid_until = f.Date("有效期至", blank=True, help="留空按制度规定的天数")
    items = f.Lines("sales.QuoteItem", "报价明细")
    list_amount = f.Money("标准价合计", blank=True, editable=False)
    items_amount = f.Money("明细合计", blank=True, editable=False)
    discount = f.Money("整单优惠", default=Decimal(0), least=0, help="从合计中再减去的金额，按金额分摊到各行")
    amount = f.Money("报价金额", blank=True, editable=False, help="含税")
    tax = f.Money("其中税额", blank=True, editable=False)
    price_ratio = f.Ratio("总折扣", blank=True, editable=False, help="报价金额 ÷ 标准价合计")
    worst_ratio = f.Ratio("最低一行折扣", blank=True, editable=False)
    needed = f.Text("需谁批准", blank=True, editable=False, help="按报价权限，以最低一行与总额中更严的为准")
    state = f.State("状态", STATES)
    exception = f.Choice("免面谈例外", EXCEPTIONS, blank=True, editable=False, fixed="由动作推进")
    exception_reason = f.Text("例外原因", blank=True, editable=False, max_length=500)
    exception_by = f.Person("例外批准人", blank=True, editable=False)
    submitted_by = f.Person("提交人", blank=True, editable=False)
    submitted_at = f.DateTime("提交时间", blank=True, editable=False)
    decided_by = f.Person("审批人", blank=True, editable=False)
    decided_at = f.DateTime("审批时间", blank=True, editable=False)
    opinion = f.Text("审批意见", blank=True, editable=False, max_length=500)
    sent_at = f.DateTime("发送时间", blank=True, editable=False)
    answered_at = f.DateTime("客户答复时间", blank=True, editable=False)
    answer = f.Text("客户答复", blank=True, editable=False, max_length=500)
    terms = f.LongText("条款与说明", blank=True)
    attachments = f.File("附件", blank=True)

    spec = Spec(
        label="报价",
        collection="quotes",
        menu="销售",
        place=22,
        subtitle=("number", "customer", "state"),
        columns=("name", "number", "revision", "customer", "state", "amount", "price_ratio", "needed", "valid_until", "owner"),
        filters=(
            "name", "customer", "opportunity", "state", "amount", "price_ratio", "worst_ratio", "quoted_on", "valid_until",
            "exception", "owner", "department", "created_at", "incomplete",
        ),
        sections={
            "基本信息": ("name", "number", "revision", "customer", "contact", "opportunity", "quoted_on", "valid_until"),
            "明细": ("price_book", "items", "discount"),
            "金额": ("list_amount", "items_amount", "amount", "tax", "price_ratio", "worst_ratio"),
            "审批": ("state", "needed", "submitted_by", "submitted_at", "decided_by", "decided_at", "opinion"),
            "面谈例外": ("exception", "exception_reason", "exception_by"),
            "客户答复": ("sent_at", "answered_at", "answer", "root"),
            "条款": ("terms", "attachments"),
        },
        board="state",
        scope=by_owner,
        prints=(
            "number", "quoted_on", "customer", "contact", "valid_until", "owner", "items.product", "items.quantity",
            "items.list_price", "items.price_ratio", "items.price", "items.tax_rate", "items.amount",
            "discount", "amount", "terms",
        ),
        leaves=~Q(state__in=KEPT_IN),
        one_of=("customer", "opportunity"),
        quick=("customer", "opportunity", "items"),
        pending={"field": "state", "op": "in", "value": [*KEPT_IN, *OFFERED]},
        calendar="valid_until",
        related=(related("contracts.Contract", "quote"), related("sales.Quote", "root", "其他版本")),
    )  # fmt: skip

    dated = "quoted_on"

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["state", "valid_until"], name="quote_to_expire")]
        constraints = [
            models.UniqueConstraint(fields=["root", "revision"], name="quote_revision_once"),
            models.UniqueConstraint(fields=["root"], condition=Q(state="accepted"), name="quote_accepted_once"),
        ]

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        _gather_customers([record for record in records if record.pk is None])
        gather_prices([record for record in records if record.pk is None or record.state == "draft"])
        gather_stored([record for record in records if record.pk and record.state != "draft"], CONTENT)

    def derive(self) -> None:
        if self.opportunity_id and not self.customer_id:
            self.customer_id = self.opportunity.customer_id
        self.name = self.name or f"{self.customer.short_name or self.customer.name} 报价" if self.customer_id else self.name
        self.valid_until = self.valid_until or self.quoted_on + _validity(self.quoted_on)
        if self.state == "draft" or self._state.adding:
            price_lines(self)

    def validate(self) -> None:
        if self.valid_until and self.valid_until < self.quoted_on:
            raise Refused("有效期不能早于报价日期", {"valid_until": "不能早于报价日期"})
        if self.pk and self.state != "draft":
            refuse_changes(self, CONTENT, "报价提交后内容不能修改；请撤回，或生成新版本")

    @property
    def conceded(self) -> Discount:
        """The ratios that decide who may approve."""
        one = Decimal(1)
        return Discount(
            one if self.price_ratio is None else self.price_ratio, one if self.worst_ratio is None else self.worst_ratio
        )

    @action("提交审批", source="draft", target="submitted", gather=decide_quote.gather_submissions)
    def submit(self, actor: Any) -> None:
        """To whoever has the authority for this discount."""
        decide_quote.refuse_submission(self)
        self.submitted_by_id, self.submitted_at = actor.pk, timezone.now()
        self.needed = decide_quote.who_decides(self)
        self.decided_by = self.decided_at = None
        self.opinion = ""

    @action("申请免面谈", source="draft", input=Reason, bulk=False)
    def ask_exception(self, actor: Any, data: Reason) -> None:
        """There was no face-to-face meeting yet, and there is a reason to quote all the same (V-45)."""
        self.exception, self.exception_reason, self.exception_by = "asked", data.reason, None

    @action("批准免面谈", source="draft", bulk=False)
    def grant_exception(self, actor: Any) -> None:
        """Somebody with authority over prices agrees to the exception."""
        decide_quote.refuse_exception(self, actor)
        self.exception, self.exception_by_id = "granted", actor.pk

    @action("批准", source="submitted", target="approved", input=Opinion, gather=decide_quote.gather_matrix)
    def approve(self, actor: Any, data: Opinion) -> None:
        """Within the approver's authority; from now on the customer may see it."""
        decide_quote.refuse_beyond_authority(self, actor)
        self.decided_by_id, self.decided_at, self.opinion = actor.pk, timezone.now(), data.opinion

    @action("退回", source="submitted", target="draft", input=Reason)
    def send_back(self, actor: Any, data: Reason) -> None:
        """Not like this."""
        self.decided_by_id, self.decided_at, self.opinion = actor.pk, timezone.now(), data.reason

    @action("撤回", source="submitted", target="draft")
    def withdraw(self, actor: Any) -> None:
        """Something is still to be changed."""

    @action("标记已发送", source="approved", target="sent")
    def send(self, actor: Any) -> None:
        """The customer has it."""
        self.sent_at = timezone.now()

    @action("客户接受", source=OFFERED, target="accepted", input=Opinion, bulk=False)
    def accept(self, actor: Any, data: Opinion) -> None:
        """The customer takes this version; the others are off the table and the deal is worth this much (G-11)."""
        self.answered_at, self.answer = timezone.now(), data.opinion
        settle_quote.accept(self, actor)

    @action("客户拒绝", source=OFFERED, target="rejected", input=Reason)
    def reject(self, actor: Any, data: Reason) -> None:
        """The customer does not want it."""
        self.answered_at, self.answer = timezone.now(), data.reason

    @action("标记过期", source=OFFERED, target="expired")
    def expire(self, actor: Any) -> None:
        """Its validity is over; happens by itself on the morning after."""

    @action("生成新版本", source=("approved", "sent", "rejected", "expired"), bulk=False)
    def revise(self, actor: Any) -> Any:
        """The same lines as a new draft; what was on offer is replaced by it."""
        made = settle_quote.revise(self, actor)
        if self.state in OFFERED:
            self.state = "superseded"
        return {"made": [{"collection": self.spec.collection, "id": made.pk, "label": str(made)}]}


def _validity(day: date) -> timedelta:
    return timedelta(days=int(QUOTE_VALIDITY.on(day)))


def _gather_customers(quotes: list[Any]) -> None:
    """Customers, by their deals where none is named, and how long what is quoted on a day holds."""
    prefetch_related_objects(quotes, "opportunity")
    for quote in quotes:
        quote.customer_id = quote.customer_id or (quote.opportunity and quote.opportunity.customer_id)
    prefetch_related_objects(quotes, "customer")
    lasting = {day: _validity(day) for day in {quote.quoted_on for quote in quotes if not quote.valid_until}}
    for quote in quotes:
        quote.valid_until = quote.valid_until or quote.quoted_on + lasting[quote.quoted_on]


class QuoteItem(PricedItem):
    """报价明细: a product with its list price, the discount and what is paid for it, tax included."""

    quote: Any = f.Parent("sales.Quote", "items")
