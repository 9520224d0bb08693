"""费用报销单: what a colleague has laid out. Each line cites its customer, deal or visit and what it brought, or goes nowhere."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils import timezone

from zhike.apps.expenses.grounds import refuse_groundless
from zhike.apps.money import NOTHING
from zhike.apps.settled import refuse_changes
from zhike.features.approval.standing import is_asked
from zhike.kernel.declare import Input, Line, Record, Refused, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {
    "draft": option("草稿", color="default"),
    "approved": option("已批准", color="cyan"),
    "paid": option("已付款", color="green"),
    "void": option("已作废", color="default"),
}
# act: spent on something that was done (销售行动), which must be on file.
CATEGORIES = {
    "travel": option("差旅", color="blue", act="1"),
    "hospitality": option("招待", color="gold", act="1"),
    "event": option("会议活动", color="cyan", act="1"),
    "transport": option("市内交通", color="geekblue", act="1"),
    "gift": option("礼品", color="orange"),
    "material": option("资料样品", color="lime"),
    "other": option("其他", color="default"),
}
ACTING = frozenset(name for name, one in CATEGORIES.items() if one.facts.get("act"))
CONTENT = ("items",)


class Payment(Input):
    paid_on = f.Date("付款日期", default=timezone.localdate)


class ExpenseClaim(Record):
    number = f.Number("报销编号", "BX{yyyy}{mm}-{seq:5}")
    name = f.Text("事由", search=True, max_length=100)
    items = f.Lines("expenses.ExpenseItem", "费用明细")
    amount = f.Money("报销金额", default=NOTHING, editable=False)
    state = f.State("状态", STATES)
    approved_at = f.DateTime("批准时间", blank=True, editable=False)
    paid_on = f.Date("付款日期", blank=True, editable=False)
    vouchers = f.File("票据", blank=True)
    notes = f.LongText("说明", blank=True)

    spec = Spec(
        label="费用报销",
        collection="expense-claims",
        menu="日程",
        place=19,
        subtitle=("number", "state"),
        columns=("name", "number", "amount", "state", "owner", "approved_at", "paid_on"),
        filters=("name", "state", "amount", "items", "approved_at", "paid_on", "owner", "department"),
        sections={
            "费用报销": ("name", "number", "items", "amount", "vouchers", "notes"),
            "审批": ("state", "approved_at", "paid_on"),
        },
        order="-created_at",
        board="state",
        scope=by_owner,
        quick=("name", "items"),
        pending={"field": "state", "op": "in", "value": ["draft", "approved"]},
        prints=(
            "number",
            "name",
            "owner",
            "items.spent_on",
            "items.category",
            "items.customer",
            "items.amount",
            "amount",
            "notes",
        ),
    )

    def derive(self) -> None:
        rows = self.incoming.get("items")
        if rows is not None:
            _follow_links(rows)
            self.amount = sum((row.get("amount") or NOTHING for row in rows), NOTHING)

    def validate(self) -> None:
        if self.pk and (self.state != "draft" or is_asked(self, "submit")):
            refuse_changes(self, CONTENT, "报销单提交后不能修改；请先撤回申请")

    @action("提交报销", source="draft", target="approved", bulk=False)
    def submit(self, actor: Any) -> None:
        """It is approved as soon as whoever the approval policies name has agreed; groundless lines go to nobody (V-07…V-09)."""
        items = list(self.items.select_related("interaction").order_by("pk"))
        if not items:
            raise Refused("报销单没有明细，不能提交", {"items": "至少一行"})
        refuse_groundless(items, ACTING)
        self.approved_at = timezone.now()

    @action("付款", source="approved", target="paid", input=Payment)
    def pay(self, actor: Any, data: Payment) -> None:
        """The money is with the colleague."""
        self.paid_on = data.paid_on

    @action("作废", source=("draft", "approved"), target="void", danger=True)
    def void(self, actor: Any) -> None:
        """It is not paid."""


class ExpenseItem(Line):
    """费用明细: what was spent, on whom, and what it brought."""

    claim: Any = f.Parent("expenses.ExpenseClaim", "items")
    spent_on = f.Date("日期", default=timezone.localdate)
    category = f.Choice("类别", CATEGORIES, default="travel", fixed="程序按类别判断是否须关联行动")
    amount = f.Money("金额", least=Decimal("0.01"))
    interaction: Any = f.Ref("customers.Interaction", "关联行动", blank=True)
    customer: Any = f.Ref("customers.Customer", "客户", blank=True)
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True)
    progress = f.Text("客户进展", blank=True, max_length=500)
    value = f.Text("关键价值", blank=True, max_length=500)


def _follow_links(rows: list[dict[str, Any]]) -> None:
    """A visit or a deal says whose customer it is about: one query each, however many lines."""
    for link, model in (("interaction", "customers.Interaction"), ("opportunity", "sales.Opportunity")):
        homeless = [row for row in rows if row.get(link) and not row.get("customer")]
        ids = {row[link] for row in homeless}
        found = dict(apps.get_model(model)._base_manager.filter(pk__in=ids).values_list("pk", "customer")) if ids else {}
        for row in homeless:
            row["customer"] = found.get(row[link])
