"""业绩目标: what the company, a department or a person is to reach in a period, what is reached and what to expect (G-13)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhike.apps.contracts.flows import plan_target
from zhike.apps.contracts.flows.measure_target import BY_PRODUCT, figures, span
from zhike.apps.money import NOTHING
from zhike.kernel.declare import Input, Record, Refused, Spec, action, f
from zhike.kernel.reach import Actor, Reach
from zhike.org.scopes import by_owner

PERIODS = {
    "year": "全年", "q1": "第一季度", "q2": "第二季度", "q3": "第三季度", "q4": "第四季度",
    "m01": "1月", "m02": "2月", "m03": "3月", "m04": "4月", "m05": "5月", "m06": "6月",
    "m07": "7月", "m08": "8月", "m09": "9月", "m10": "10月", "m11": "11月", "m12": "12月",
}  # fmt: skip
MEASURES = {
    "won": "赢单金额", "signed": "合同金额", "collected": "回款金额", "customers": "新增客户数", "deals": "新增销售机会数",
}  # fmt: skip
COUNTED = "程序按这几项统计"
HUNDRED = Decimal(100)


def this_year() -> int:
    """For which most targets are set."""
    return timezone.localdate().year


def set_for(actor: Actor, reach: Reach) -> Q:
    """Everybody sees what she is to reach herself; whoever sees a department's work, what the department is to reach."""
    hers = Q(person_id=actor.pk)
    return hers | Q(team_id__in=actor.departments(reach)) if reach.by_department else hers


class Planning(Input):
    growth = f.Decimal("比上年同期增长(%)", default=NOTHING, least=-100, most=1000, decimal_places=1)


class Target(Record):
    name = f.Text("目标", blank=True, search=True, help="留空由对象和期间得出")
    measure = f.Choice("指标", MEASURES, default="signed", fixed=COUNTED)
    year = f.Integer("年度", default=this_year, least=2000, most=2200, total="none")
    period = f.Choice("期间", PERIODS, default="year", fixed=COUNTED)
    person: Any = f.Person("人员", blank=True, help="留空为整个部门")
    team: Any = f.Ref("org.Department", "部门", blank=True, help="含下级部门；与人员都留空为全公司")
    product: Any = f.Ref("catalog.Product", "产品", blank=True, help="只算这个产品的明细；用于赢单金额和合同金额")
    base = f.Money("基本目标", least=0, total="none")
    stretch = f.Money("进取目标", blank=True, least=0, total="none")
    challenge = f.Money("挑战目标", blank=True, least=0, total="none")
    starts_on = f.Date("开始日期", blank=True, editable=False)
    ends_on = f.Date("结束日期", blank=True, editable=False)
    actual = f.Money("实际完成", default=NOTHING, editable=False, total="none")
    achieved = f.Decimal("完成率(%)", blank=True, editable=False, decimal_places=1, total="avg")
    expected = f.Money("预计完成", default=NOTHING, editable=False, total="none", help="实际加上期内预计签约机会的加权金额")
    gap = f.Money("预计缺口", default=NOTHING, editable=False, total="none", help="基本目标减预计完成")
    counted_at = f.DateTime("统计时间", blank=True, editable=False)

    spec = Spec(
        label="业绩目标",
        collection="sales-targets",
        menu="合同",
        place=47,
        subtitle=("measure", "year"),
        columns=("name", "measure", "base", "actual", "achieved", "expected", "gap", "ends_on", "counted_at"),
        filters=("measure", "year", "period", "person", "team", "product", "achieved", "ends_on", "owner"),
        sections={
            "目标": ("name", "measure", "year", "period", "team", "person", "product", "base", "stretch", "challenge"),
            "完成情况": ("starts_on", "ends_on", "actual", "achieved", "expected", "gap", "counted_at"),
        },
        order="-ends_on,name",
        scope=by_owner,
        readable=set_for,
        quick=("measure", "year", "period", "team", "person", "base"),
    )

    def derive(self) -> None:
        self.starts_on, self.ends_on = span(self.year, self.period)
        whose = " ".join(str(part) for part in (self.person or self.team or "全公司", self.product) if part)
        self.name = self.name or f"{whose} {self.year}年{PERIODS[self.period]}{MEASURES[self.measure]}"[:255]
        reached, coming = figures(self) if self.measure in BY_PRODUCT or not self.product_id else (NOTHING, NOTHING)
        if self.counted_at is None or (reached, reached + coming) != (self.actual, self.expected):
            self.counted_at = timezone.now()
        self.actual, self.expected = reached, reached + coming
        self.gap = max(self.base - self.expected, NOTHING)
        self.achieved = round(self.actual / self.base * HUNDRED, 1) if self.base else None

    def validate(self) -> None:
        if self.product_id and self.measure not in BY_PRODUCT:
            raise Refused("只有赢单金额和合同金额能按产品统计", {"product": "这项指标不能按产品统计"})
        steps = [goal for goal in (self.base, self.stretch, self.challenge) if goal is not None]
        if steps != sorted(steps):
            raise Refused("目标应当逐级提高：基本 ≤ 进取 ≤ 挑战", {"stretch": "不能低于基本目标"})

    @action("重新统计")
    def count(self, actor: Any) -> None:
        """Now instead of tonight."""
        self.counted_at = None

    @action("按上年拟定", input=Planning)
    def plan(self, actor: Any, data: Planning) -> None:
        """The base follows what was reached in the same period a year before (V-64)."""
        self.base = plan_target.from_last_year(self, data.growth)

    @action("分解到月", bulk=False)
    def break_down(self, actor: Any) -> Any:
        """A target for each month, shared out by the season of the year before (V-64)."""
        made = plan_target.by_month(self, actor)
        return {"made": [{"collection": one.spec.collection, "id": one.pk, "label": str(one)} for one in made]}
