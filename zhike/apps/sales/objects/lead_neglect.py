"""商机未跟进: an effective lead somebody took and wrote nothing about (V-72). Proposed with its evidence; people decide."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.kernel.declare import Input, Record, Refused, Spec, action, f, option
from zhike.org.scopes import by_owner

PROPOSED, CONFIRMED, DISMISSED = "proposed", "confirmed", "dismissed"
STATES = {
    PROPOSED: option("待认定", color="gold"),
    CONFIRMED: option("已认定", color="red"),
    DISMISSED: option("不成立", color="default"),
}


class Ruling(Input):
    """What the decision rests on."""

    opinion = f.Text("意见", max_length=500)


class LeadNeglect(Record):
    """It belongs to whoever had the lead. Nothing is deducted by it: it proposes, and is handed to whoever reckons pay."""

    owner_id: int | None
    name = f.Text("线索", blank=True, editable=False, search=True)
    lead: Any = f.Ref("sales.Lead", "线索记录", editable=False, on_delete=models.CASCADE)
    dispatch: Any = f.Ref("sales.LeadDispatch", "分单记录", blank=True, editable=False, on_delete=models.CASCADE)
    taken_at = f.DateTime("接单时间", blank=True, editable=False)
    days = f.Integer("未跟进天数", default=0, editable=False, total="avg")
    times = f.Integer("一年内第几次", default=1, editable=False, total="none")
    percent = f.Decimal("建议扣减当月绩效(%)", blank=True, editable=False, decimal_places=2, total="none")
    state = f.State("状态", STATES)
    decided_by = f.Person("认定人", blank=True, editable=False)
    decided_at = f.DateTime("认定时间", blank=True, editable=False)
    opinion = f.Text("认定意见", blank=True, editable=False, max_length=500)
    explanation = f.Text("本人说明", blank=True, max_length=500)

    spec = Spec(
        label="商机未跟进",
        collection="lead-neglects",
        menu="销售",
        place=28,
        subtitle=("owner", "state"),
        columns=("name", "owner", "department", "taken_at", "days", "times", "percent", "state", "created_at"),
        filters=("state", "owner", "department", "times", "created_at"),
        sections={
            "商机未跟进": ("name", "lead", "dispatch", "taken_at", "days", "times", "percent", "explanation"),
            "认定": ("state", "decided_by", "decided_at", "opinion"),
        },
        order="-created_at",
        board="state",
        scope=by_owner,
        arises=True,
        pending={"field": "state", "op": "eq", "value": PROPOSED},
    )

    def derive(self) -> None:
        self.name = self.name or self.lead.name

    @action("认定", source=PROPOSED, target=CONFIRMED, input=Ruling, bulk=False)
    def confirm(self, actor: Any, data: Ruling) -> None:
        """It was so; whoever it happens to again and again gets no more leads."""
        from zhike.apps.sales.flows.find_neglect import suspend_if_repeated

        self._decide(actor, data)
        suspend_if_repeated(self, actor)

    @action("不成立", source=PROPOSED, target=DISMISSED, input=Ruling, bulk=False)
    def dismiss(self, actor: Any, data: Ruling) -> None:
        """There was a reason, or it was followed up elsewhere."""
        self._decide(actor, data)

    def _decide(self, actor: Any, data: Ruling) -> None:
        if actor.pk is not None and actor.pk == self.owner_id:
            raise Refused("不能认定自己的事项")
        self.decided_by_id, self.decided_at, self.opinion = actor.pk, timezone.now(), data.opinion
