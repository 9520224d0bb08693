"""任务: something to be done by a day, by the person who owns it."""

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.apps.customers.choices import PRIORITIES
from zhike.apps.customers.scopes import with_customer
from zhike.kernel.declare import Input, Record, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {
    "open": option("待办", color="blue"),
    "done": option("已完成", color="green"),
    "cancelled": option("已取消", color="default"),
}


class Result(Input):
    """What came of it."""

    result = f.LongText("完成情况", blank=True)


class Task(Record):
    subject = f.Text("任务", search=True, synonyms=("subject", "title", "主题", "标题"))
    due_on = f.Date("截止日期", synonyms=("due", "due_date", "deadline", "到期日"))
    priority = f.Choice("优先级", PRIORITIES, default="medium", synonyms=("priority",))
    state = f.State("状态", STATES)
    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", blank=True)
    contact: Any = f.Ref("customers.Contact", "联系人", blank=True)
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True)
    lead: Any = f.Ref("sales.Lead", "线索", blank=True)
    interaction: Any = f.Ref("customers.Interaction", "来自跟进", blank=True, editable=False, on_delete=models.SET_NULL)
    remind_at = f.DateTime("提醒时间", blank=True)
    notes = f.LongText("说明", blank=True)
    result = f.LongText("完成情况", blank=True, editable=False)
    done_at = f.DateTime("完成时间", blank=True, editable=False)

    spec = Spec(
        label="任务",
        collection="tasks",
        menu="日程",
        place=13,
        title="subject",
        subtitle=("due_on", "customer"),
        columns=("subject", "due_on", "priority", "state", "customer", "opportunity", "owner"),
        filters=("subject", "state", "due_on", "priority", "customer", "owner", "department", "done_at"),
        sections={
            "任务": ("subject", "due_on", "priority", "state", "remind_at", "notes"),
            "关联": ("customer", "contact", "opportunity", "lead", "interaction"),
            "完成": ("result", "done_at"),
        },
        order="due_on",
        board="state",
        scope=by_owner,
        readable=with_customer,
        quick=("subject", "due_on", "priority"),
    )

    def derive(self) -> None:
        if not self.customer_id and self.opportunity_id:
            self.customer_id = self.opportunity.customer_id

    @action("完成", source="open", target="done", input=Result)
    def complete(self, actor: Any, data: Result) -> None:
        """The work is done."""
        self.result, self.done_at = data.result, timezone.now()

    @action("取消", source="open", target="cancelled")
    def cancel(self, actor: Any) -> None:
        """It need not be done any more."""

    @action("重新打开", source=("done", "cancelled"), target="open")
    def reopen(self, actor: Any) -> None:
        """It was not finished after all."""
        self.done_at = None
