"""跟进: one exchange with a customer, whatever the channel. All channels write to this one history (T-68)."""

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.apps.customers.scopes import with_customer
from zhike.kernel.declare import Record, Spec, f, option, related
from zhike.org.scopes import by_owner

CHANNELS = {
    "phone": option("电话", color="blue"),
    "visit": option("拜访", color="green"),
    "meeting": option("会议", color="cyan"),
    "email": option("邮件", color="gold"),
    "sms": option("短信", color="orange"),
    "wechat": option("微信", color="lime"),
    "wecom": option("企业微信", color="geekblue"),
    "weibo": option("微博", color="volcano"),
    "chat": option("在线咨询", color="purple"),
    "other": option("其他", color="default"),
}
SUMMARY_LENGTH = 60
IN_TOUCH = frozenset(CHANNELS) - {"other"}


class Interaction(Record):
    content = f.LongText("跟进内容", search=True, synonyms=("content", "note", "notes", "沟通内容", "内容", "备注"))
    summary = f.Text("摘要", blank=True, editable=False)
    channel = f.Choice("方式", CHANNELS, default="phone", synonyms=("channel", "跟进方式", "沟通方式"))
    happened_at = f.DateTime("时间", default=timezone.now, synonyms=("date", "time", "跟进时间", "沟通时间", "日期"))
    # Whether it has been found out already if it counts; nobody is asked twice about many.
    weighed = False
    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, synonyms=("account", "customer", "客户名称"))
    contact: Any = f.Ref("customers.Contact", "联系人", blank=True)
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True)
    lead: Any = f.Ref("sales.Lead", "线索", blank=True)
    participants = f.Text("参与人", blank=True, synonyms=("participants", "参加人员"))
    next_step = f.Text("下一步", blank=True, synonyms=("next_step", "下一步计划"))
    next_on = f.Date("下次跟进日期", blank=True, help="填写后自动生成一条待办任务", synonyms=("next_date", "下次联系日期"))
    attachments = f.File("附件", blank=True)
    completeness = f.Completeness(of=("content", "contact", "participants", "next_step", "next_on"))
    counts = f.Boolean("有效联系", editable=False, help="写下时是客户的负责人或协作人，因而跟踪时限重新计算")

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
        scope=by_owner,
        readable=with_customer,
        authored=True,
        # Three to fill in; photos and a recording are taken, not filled in.
        quick=("content", "channel", "next_on", "attachments"),
        one_of=("customer", "contact", "opportunity", "lead"),
        calendar="happened_at",
        related=(related("sales.StageStay", "moved_by", "推动的阶段"),),
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["customer", "-happened_at"], name="interaction_timeline"),
            models.Index(fields=["-happened_at", "id"], name="interaction_latest"),
        ]

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        """The customer of the opportunity, of the lead, or of the contact in the first place."""
        for link, customers in (("opportunity", _customers_of), ("lead", _customers_of), ("contact", _main_companies)):
            homeless = [r for r in records if not r.customer_id and getattr(r, f"{link}_id")]
            found = customers(cls, link, {getattr(r, f"{link}_id") for r in homeless}) if homeless else {}
            for record in homeless:
                record.customer_id = found.get(getattr(record, f"{link}_id"))
        _weigh(cls, [r for r in records if r.pk is None and not r.weighed and r.customer_id])

    def derive(self) -> None:
        self.summary = " ".join(self.content.split())[:SUMMARY_LENGTH]
        self.gather([self])


def _weigh(model: Any, records: list[Any]) -> None:
    """What the owner of the customer or somebody beside her has written about an exchange with it counts as being in touch."""
    ids = {r.customer_id for r in records}
    customers = model.kinds()["customer"].target
    owners = dict(customers._base_manager.filter(pk__in=ids).values_list("pk", "owner_id")) if ids else {}
    links = customers.collaborators.through._default_manager.filter(customer_id__in=ids) if ids else ()
    beside = {(link.customer_id, link.person_id) for link in links}
    for record in records:
        hers = owners.get(record.customer_id) == record.owner_id or (record.customer_id, record.owner_id) in beside
        record.counts, record.weighed = bool(record.owner_id and hers and record.channel in IN_TOUCH), True


def _customers_of(model: Any, link: str, ids: set[int]) -> dict[int, int]:
    """Opportunity or lead → its customer."""
    rows = model.kinds()[link].target._base_manager.filter(pk__in=ids)
    return dict(rows.values_list("pk", "customer_id"))


def _main_companies(model: Any, link: str, ids: set[int]) -> dict[int, int]:
    """Contact → the company she belongs to in the first place."""
    posts = model.kinds()[link].target.kinds()["companies"].target._base_manager.filter(contact__in=ids)
    return dict(posts.order_by("primary", "-pk").values_list("contact_id", "customer_id"))
