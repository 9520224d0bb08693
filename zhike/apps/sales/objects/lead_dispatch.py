"""分单记录: one lead offered to one colleague, from the offer to her answer. Fairness is read off these records."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from zhike.kernel.declare import Input, Record, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {
    "offered": option("待接单", color="gold"),
    "accepted": option("已接单", color="green"),
    "returned": option("已退回", color="red"),
    "overdue": option("超时未接", color="red"),
    "withdrawn": option("已收回", color="default"),
}
ANSWERS = ("accepted", "returned", "overdue", "withdrawn")
RETURN_REASONS = {
    "region": "不在我的区域",
    "industry": "不是我的行业",
    "busy": "手上太多",
    "known": "已有同事在跟",
    "invalid": "信息无效",
    "other": "其他",
}
TENTH = Decimal("0.1")


class Answer(Input):
    """Why it was not taken."""

    reason = f.Choice("退回原因", RETURN_REASONS, blank=True)
    note = f.Text("说明", blank=True)


class LeadDispatch(Record):
    """Its owner is whoever the lead was offered to."""

    lead_id: int
    lead: Any = f.Ref("sales.Lead", "线索", editable=False, on_delete=models.CASCADE)
    name = f.Text("公司名称", blank=True, editable=False, search=True)
    rule: Any = f.Ref("sales.DispatchRule", "分单规则", blank=True, on_delete=models.SET_NULL, editable=False)
    given_by: Any = f.Person("分派人", blank=True, editable=False)
    round = f.Integer("第几次分派", default=1, least=1, editable=False, total="none")
    why = f.Text("为何是她", blank=True, editable=False, help="得分 = 权重 × 优先资格 × 接单与转化 ÷ (1 + 在手线索)")
    score = f.Decimal("得分", blank=True, decimal_places=4, editable=False, total="none")
    offered_at = f.DateTime("分派时间", blank=True, editable=False)
    answered_at = f.DateTime("答复时间", blank=True, editable=False)
    hours = f.Decimal("答复用时（小时）", blank=True, decimal_places=1, editable=False, total="avg")
    state = f.State("结果", STATES)
    reason = f.Choice("退回原因", RETURN_REASONS, blank=True, editable=False)
    note = f.Text("说明", blank=True)

    spec = Spec(
        label="分单记录",
        collection="lead-dispatches",
        menu="销售",
        place=22,
        subtitle=("owner", "state"),
        columns=("name", "owner", "state", "offered_at", "hours", "reason", "rule", "round"),
        filters=("lead", "owner", "department", "state", "reason", "rule", "offered_at", "round"),
        sections={
            "分单": ("lead", "rule", "given_by", "round", "score", "why"),
            "答复": ("state", "offered_at", "answered_at", "hours", "reason", "note"),
        },
        order="-offered_at",
        scope=by_owner,
        arises=True,
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["owner", "offered_at"], name="lead_dispatch_of"),
        ]

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        """The names of the leads: one query however many."""
        nameless = [r for r in records if not r.name]
        leads = cls.kinds()["lead"].target._base_manager if nameless else None
        names = dict(leads.filter(pk__in={r.lead_id for r in nameless}).values_list("pk", "name")) if leads else {}
        for record in nameless:
            record.name = names.get(record.lead_id, "")

    def derive(self) -> None:
        self.gather([self])
        self.offered_at = self.offered_at or self.created_at
        if self.answered_at:
            self.hours = (Decimal((self.answered_at - self.offered_at).total_seconds()) / 3600).quantize(TENTH)

    @action("结束分单", source="offered", target=ANSWERS, input=Answer)
    def settle(self, actor: Any, data: Answer) -> None:
        """What became of the offer; the lead itself is taken, given back or recalled on its own page."""
        self.answered_at, self.reason = timezone.now(), data.reason
        self.note = data.note or self.note
