"""人员月报: what each salesperson did and brought in a month; written by the program, added up in reports (V-61, V-62)."""

from __future__ import annotations

from django.db import models

from zhike.apps.money import NOTHING
from zhike.kernel.declare import Record, Spec, f
from zhike.org.scopes import by_owner


class MonthlyFigure(Record):
    name = f.Text("月报", blank=True, editable=False)
    month = f.Date("月份", editable=False)
    new_customers = f.Integer("新增客户", default=0, editable=False)
    level_a = f.Integer("A级客户", default=0, editable=False)
    level_b = f.Integer("B级客户", default=0, editable=False)
    level_c = f.Integer("C级客户", default=0, editable=False)
    level_d = f.Integer("D级客户", default=0, editable=False)
    new_deals = f.Integer("新增机会", default=0, editable=False)
    contacts = f.Integer("联系次数", default=0, editable=False)
    open_deals = f.Integer("月末在谈机会", default=0, editable=False)
    frequency = f.Decimal("每机会联系次数", blank=True, editable=False, decimal_places=1, total="avg")
    prospecting = f.Money("漏斗：初步接触", default=NOTHING, editable=False)
    engaging = f.Money("漏斗：需求确认", default=NOTHING, editable=False)
    proposal = f.Money("漏斗：方案报价", default=NOTHING, editable=False)
    negotiating = f.Money("漏斗：商务谈判", default=NOTHING, editable=False)
    other_stages = f.Money("漏斗：其他阶段", default=NOTHING, editable=False, help="管理员增加的阶段")
    advanced = f.Money(
        "漏斗推进", default=NOTHING, editable=False, help="当月各机会的金额 × 赢率变化之和；输单不计，两人共享的自裁决起按比例计"
    )
    signed = f.Money("合同金额", default=NOTHING, editable=False)
    collected = f.Money("回款金额", default=NOTHING, editable=False, help="收款减退款")
    score = f.Decimal(
        "评比得分", blank=True, editable=False, decimal_places=2, help="各项占同组最好者的比例，平均后乘以 100", total="avg"
    )
    place_in_month = f.Integer("名次", blank=True, editable=False, total="none")
    from_last = f.Integer("倒数名次", blank=True, editable=False, total="none")
    counted_at = f.DateTime("统计时间", blank=True, editable=False)
    notes = f.Text("说明", blank=True)

    spec = Spec(
        label="人员月报",
        collection="monthly-figures",
        arises=True,
        menu="合同",
        place=49,
        subtitle=("month", "department"),
        columns=(
            "name", "department", "new_customers", "new_deals", "contacts", "frequency", "open_deals", "advanced", "signed",
            "collected", "place_in_month", "score",
        ),
        filters=(
            "month", "owner", "department", "new_customers", "new_deals", "contacts", "advanced", "signed", "collected",
            "place_in_month",
        ),
        sections={
            "人员月报": ("name", "month", "counted_at"),
            "客户": ("new_customers", "level_a", "level_b", "level_c", "level_d"),
            "机会与联系": ("new_deals", "contacts", "open_deals", "frequency"),
            "月末漏斗": ("prospecting", "engaging", "proposal", "negotiating", "other_stages", "advanced"),
            "合同与回款": ("signed", "collected", "notes"),
            "月度评比": ("place_in_month", "from_last", "score"),
        },
        order="-month",
        scope=by_owner,
    )  # fmt: skip

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["month", "owner"], name="monthly_figure_of")]

    def derive(self) -> None:
        self.name = f"{self.month.year}年{self.month.month}月 {self.owner or ''}".strip()
