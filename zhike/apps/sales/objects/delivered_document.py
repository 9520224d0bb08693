"""交付文档: what was handed to a customer, in which version, to whom, and at which stage of the deal (V-32)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.sales.choices import STAGES
from zhike.kernel.declare import Record, Refused, Spec, f
from zhike.org.scopes import by_owner, through

CATEGORIES = {
    "profile": "公司与产品介绍",
    "solution": "方案",
    "quote": "报价",
    "bid": "投标文件",
    "contract": "合同文本",
    "technical": "技术资料",
    "other": "其他",
}
WAYS = {"email": "邮件", "meeting": "当面", "post": "快递", "im": "微信或企微", "other": "其他"}


class DeliveredDocument(Record):
    name = f.Text("文档名称", search=True)
    category = f.Choice("类别", CATEGORIES, default="solution")
    edition = f.Text("版本", max_length=20, default="V1.0")
    files = f.File("文件", blank=True, help="交给客户的那一份；只有纸质件时可以不附")
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会")
    customer_id: int | None
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, editable=False)
    stage = f.Choice("交付时的阶段", STAGES, blank=True, editable=False)
    recipient: Any = f.Ref("customers.Contact", "接收人")
    delivered_on = f.Date("交付日期", default=timezone.localdate)
    way = f.Choice("交付方式", WAYS, default="email")
    notes = f.Text("说明", blank=True, max_length=500)

    spec = Spec(
        label="交付文档",
        collection="delivered-documents",
        menu="销售",
        place=27,
        subtitle=("edition", "recipient", "delivered_on"),
        columns=("name", "edition", "opportunity", "stage", "recipient", "delivered_on", "category", "files", "owner"),
        filters=(
            "name", "category", "edition", "stage", "opportunity", "customer", "recipient", "delivered_on", "owner", "department",
        ),
        sections={
            "文档": ("name", "category", "edition", "files", "notes"),
            "交付": ("opportunity", "customer", "stage", "recipient", "delivered_on", "way"),
        },
        order="-delivered_on",
        scope=by_owner,
        readable=through("sales.Opportunity", "opportunity"),
        quick=("name", "edition", "opportunity", "recipient", "files"),
    )  # fmt: skip

    def derive(self) -> None:
        """The stage is that of the deal when it was handed over; it stays, however far the deal comes."""
        self.customer_id = self.opportunity.customer_id
        self.stage = self.stage or self.opportunity.stage

    def validate(self) -> None:
        if self.delivered_on > timezone.localdate():
            raise Refused("交付日期不能晚于今天", {"delivered_on": "还没有交付的文档不在这里登记"})
