"""跟进: one exchange with a customer, whatever the channel. All channels write to this one history (T-68)."""

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.apps.customers.scopes import with_customer
from zhike.kernel.declare import Record, Spec, f, option

CHANNELS = {
    "phone": option("电话", color="blue"),
    "visit": option("拜访", color="green"),
    "meeting": option("会议", color="cyan"),
    "email": option("邮件", color="gold"),
    "sms": option("短信", color="orange"),
    "wechat": option("微信", color="lime"),
    "wecom": option("企业微信", color="geekblue"),
    "weibo": option("微博", color="volcano"),
    "other": option("其他", color="default"),
}
SUMMARY_LENGTH = 60


class Interaction(Record):
    content = f.LongText("跟进内容", search=True, synonyms=("content", "note", "notes", "沟通内容", "内容", "备注"))
    summary = f.Text("摘要", blank=True, editable=False)
    channel = f.Choice("方式", CHANNELS, default="phone", synonyms=("channel", "跟进方式", "沟通方式"))
    happened_at = f.DateTime("时间", default=timezone.now, synonyms=("date", "time", "跟进时间", "沟通时间", "日期"))
    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, synonyms=("account", "customer", "客户名称"))
    contact: Any = f.Ref("customers.Contact", "联系人", blank=True)
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True)
    lead: Any = f.Ref("sales.Lead", "线索", blank=True)
    participants = f.Text("参与人", blank=True, synonyms=("participants", "参加人员"))
    next_step = f.Text("下一步", blank=True, synonyms=("next_step", "下一步计划"))
    next_on = f.Date("下次跟进日期", blank=True, help="填写后自动生成一条待办任务", synonyms=("next_date", "下次联系日期"))
    attachments = f.File("附件", blank=True)

    spec = Spec(
        label="跟进",
        collection="interactions",
        menu="客户",
        place=12,
        title="summary",
        subtitle=("customer", "happened_at"),
        columns=("happened_at", "channel", "customer", "summary", "next_step", "next_on", "owner"),
        filters=("channel", "happened_at", "customer", "contact", "content", "next_on", "owner", "department", "created_by"),
        sections={
            "跟进": ("channel", "happened_at", "content", "participants", "attachments"),
            "关联": ("customer", "contact", "opportunity", "lead"),
            "下一步": ("next_step", "next_on"),
        },
        order="-happened_at",
        scope=with_customer,
        quick=("channel", "content", "next_on"),
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["customer", "-happened_at"], name="interaction_timeline"),
            models.Index(fields=["-happened_at", "id"], name="interaction_latest"),
        ]

    def derive(self) -> None:
        self.customer_id = self.customer_id or self._customer_meant()
        self.summary = " ".join(self.content.split())[:SUMMARY_LENGTH]

    def _customer_meant(self) -> int | None:
        """The customer of the opportunity, of the lead, or of the contact's first company."""
        for record in (self.opportunity, self.lead):
            if record is not None and record.customer_id:
                return int(record.customer_id)
        return self.contact.main_company() if self.contact is not None else None
