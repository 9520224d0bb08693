"""阶段停留: how long a deal stood in one stage and where it went from there; written by the program, for funnel and forecast."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.apps.sales.choices import COMMITMENTS, STAGES
from zhike.kernel.declare import Record, Spec, f, option
from zhike.org.scopes import by_owner, through

OUTCOMES = {
    "forward": option("推进", color="blue"),
    "back": option("退回", color="orange"),
    "won": option("赢单", color="green"),
    "lost": option("输单", color="red"),
}
BY_PROGRAM = "由程序按销售机会的进展得出"


class StageStay(Record):
    name = f.Text("停留", blank=True, editable=False)
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", editable=False, on_delete=models.CASCADE)
    stage = f.Choice("阶段", STAGES, editable=False)
    entered_at = f.DateTime("进入时间", default=timezone.now, editable=False)
    left_at = f.DateTime("离开时间", blank=True, editable=False)
    days = f.Decimal("停留天数", blank=True, editable=False, decimal_places=1, total="avg")
    outcome = f.Choice("去向", OUTCOMES, blank=True, editable=False, fixed=BY_PROGRAM)
    ended = f.Choice("机会结果", {n: OUTCOMES[n] for n in ("won", "lost")}, blank=True, editable=False, fixed=BY_PROGRAM)
    amount = f.Money("金额", blank=True, editable=False)
    advanced = f.Money(
        "推进金额", blank=True, editable=False, help="金额 × 赢率的变化：推进为正，退回为负，赢单按 100%，输单不计"
    )
    expected_on = f.Date("预计签约日期", blank=True, editable=False)
    commitment = f.Choice("预测类别", COMMITMENTS, default="open", editable=False, fixed=BY_PROGRAM)
    talks = f.Integer("期间跟进次数", default=0, editable=False)
    moved_by: Any = f.Ref(
        "customers.Interaction",
        "促成的跟进",
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        help="离开之前的最后一次跟进",
    )
    notes = f.Text("说明", blank=True)

    spec = Spec(
        label="阶段停留",
        collection="stage-stays",
        subtitle=("stage", "entered_at"),
        columns=(
            "opportunity", "stage", "entered_at", "left_at", "days", "talks", "moved_by", "outcome", "ended", "amount",
            "advanced", "owner",
        ),
        filters=("opportunity", "stage", "outcome", "ended", "entered_at", "left_at", "days", "advanced", "owner", "department"),
        sections={
            "阶段停留": ("name", "opportunity", "stage", "entered_at", "left_at", "days", "outcome", "ended"),
            "跟进": ("talks", "moved_by"),
            "当时": ("amount", "advanced", "expected_on", "commitment", "notes"),
        },
        order="-entered_at",
        scope=by_owner,
        arises=True,
        readable=through("sales.Opportunity", "opportunity"),
    )  # fmt: skip

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["opportunity", "entered_at"], name="stagestay_of_deal"),
            models.Index(fields=["entered_at", "left_at"], name="stagestay_at"),
        ]

    def derive(self) -> None:
        stages: Any = self._meta.get_field("stage")
        self.name = stages.labels()[self.stage]
        if self.left_at is not None:
            self.days = round((self.left_at - self.entered_at).total_seconds() / 86400, 1)
