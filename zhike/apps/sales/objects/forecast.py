"""销售预测: a month of a department or the whole company, by stage, by commitment and by history, with the error of each."""

from __future__ import annotations

from typing import Any

from zhike.apps.money import NOTHING
from zhike.kernel.declare import Record, Spec, f
from zhike.org.scopes import by_owner

KINDS = {"past": "回测", "now": "本月", "coming": "未来"}


class Forecast(Record):
    name = f.Text("预测", blank=True, editable=False)
    month = f.Date("月份", editable=False)
    kind = f.Choice("类别", KINDS, default="coming", editable=False, fixed="程序按月份得出")
    team: Any = f.Ref("org.Department", "部门", blank=True, editable=False, help="留空为全公司")
    signed = f.Money("已赢单", default=NOTHING, editable=False)
    by_stage = f.Money("按阶段赢率", default=NOTHING, editable=False)
    by_commitment = f.Money("按负责人承诺", default=NOTHING, editable=False)
    by_history = f.Money("按历史赢率", default=NOTHING, editable=False)
    stage_error = f.Decimal(
        "阶段误差(%)",
        blank=True,
        editable=False,
        decimal_places=1,
        help="过去的月份为当时的误差，其余为近六个月的平均",
        total="avg",
    )
    commitment_error = f.Decimal("承诺误差(%)", blank=True, editable=False, decimal_places=1, total="avg")
    history_error = f.Decimal("历史误差(%)", blank=True, editable=False, decimal_places=1, total="avg")
    counted_at = f.DateTime("统计时间", blank=True, editable=False)
    notes = f.Text("说明", blank=True)

    spec = Spec(
        label="销售预测",
        collection="forecasts",
        arises=True,
        menu="销售",
        place=24,
        subtitle=("team", "kind"),
        columns=(
            "name",
            "kind",
            "signed",
            "by_stage",
            "by_commitment",
            "by_history",
            "stage_error",
            "commitment_error",
            "history_error",
        ),
        filters=("month", "kind", "team", "signed", "by_stage"),
        sections={
            "销售预测": ("name", "month", "kind", "team", "signed", "by_stage", "by_commitment", "by_history"),
            "回测误差": ("stage_error", "commitment_error", "history_error", "counted_at", "notes"),
        },
        order="-month",
        scope=by_owner,
    )

    def derive(self) -> None:
        self.name = f"{self.month.year}年{self.month.month}月 {self.team or '全公司'}"
