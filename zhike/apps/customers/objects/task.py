"""任务: something to be done by a day, by the person who owns it."""

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.apps.customers.choices import PRIORITIES
from zhike.apps.customers.repeating import day_of_month
from zhike.apps.customers.scopes import given_or_with_customer
from zhike.kernel.declare import Input, Record, Refused, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {
    "open": option("待办", color="blue"),
    "done": option("已完成", color="green"),
    "cancelled": option("已取消", color="default"),
}


REPEATS = {
    "daily": "每天",
    "workdays": "每个工作日",
    "weekly": "每周",
    "monthly": "每月",
}


TO_REMIND = models.Q(state="open", remind_at__isnull=False, reminded_at__isnull=True)


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
    remind_at = f.DateTime("提醒时间", blank=True, help="到时通知负责人")
    reminded_at = f.DateTime("已提醒", blank=True, editable=False)
    repeat = f.Choice("重复", REPEATS, blank=True, fixed="下一次的日期由程序按这几种重复推算", help="完成后自动生成下一次")
    repeat_until = f.Date("重复至", blank=True, when={"repeat": ()})
    repeat_day = f.Integer("每月几号", blank=True, editable=False, total="none")
    previous: Any = f.Ref("customers.Task", "上一次", blank=True, editable=False, on_delete=models.SET_NULL)
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
            "任务": ("subject", "due_on", "priority", "owner", "state", "remind_at", "repeat", "repeat_until", "notes"),
            "关联": ("customer", "contact", "opportunity", "lead", "interaction", "previous"),
            "完成": ("result", "done_at"),
        },
        order="due_on",
        board="state",
        scope=by_owner,
        readable=given_or_with_customer,
        quick=("subject", "due_on", "priority", "owner", "remind_at", "repeat"),
        pending={"field": "state", "op": "in", "value": ["open"]},
        calendar="due_on",
        tick="complete",
        assignable=True,
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            # What the reminder looks at every minute: only what still has to be said.
            models.Index(fields=["remind_at"], name="task_to_remind", condition=TO_REMIND),
        ]
        constraints = [models.UniqueConstraint(fields=["previous"], name="task_repeated_once")]

    def derive(self) -> None:
        if not self.customer_id and self.opportunity_id:
            self.customer_id = self.opportunity.customer_id
        self.repeat_day = day_of_month(self.due_on, self.repeat_day) if self.repeat == "monthly" else None
        self._settle_reminder()

    def _settle_reminder(self) -> None:
        """A time already past when it is written down needs no reminder; one moved on reminds again."""
        now = timezone.now()
        if self._state.adding and self.remind_at and self.remind_at <= now:
            self.reminded_at = now
        elif self.reminded_at and (self.remind_at is None or self.remind_at > self.reminded_at):
            self.reminded_at = None

    def validate(self) -> None:
        if self.repeat_until and self.repeat_until < self.due_on:
            raise Refused("“重复至”不能早于截止日期", {"repeat_until": "不能早于截止日期"})

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
