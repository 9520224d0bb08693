"""分单规则: which leads go to whom, as data: region × industry × source, and among those named by load and merit (V-25)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from zhike.apps.customers.choices import INDUSTRIES, SOURCES
from zhike.kernel.declare import Invalid, Line, Record, Spec, f
from zhike.org.scopes import everyone


class DispatchRule(Record):
    """The first rule, by place, that fits a lead and has somebody who may take it decides."""

    name = f.Text("名称", max_length=60, search=True)
    position = f.Integer(
        "次序", default=10, least=0, most=10_000, help="小的先看；第一条符合且有人可接的规则决定分给谁", total="none"
    )
    active = f.Boolean("启用", default=True)
    automatic = f.Boolean("确认有效后自动分派", help="否则由商务经理在线索上点“分派”")
    regions: Any = f.Lines("sales.DispatchRegion", "区域", help="含下级区划；没有一行则不限")
    industries = f.Choices("行业", INDUSTRIES, blank=True, help="不选则不限")
    sources = f.Choices("来源", SOURCES, blank=True, help="不选则不限")
    seats: Any = f.Lines("sales.DispatchSeat", "接单人")
    by_load = f.Boolean("看在手线索", default=True, help="在手未决的线索越多，越靠后")
    by_merit = f.Boolean("看业绩", default=True, help="近期接单和转化越好，越靠前")

    spec = Spec(
        label="分单规则",
        collection="dispatch-rules",
        columns=("name", "position", "active", "automatic", "regions", "industries", "seats"),
        filters=("name", "active", "automatic", "industries"),
        sections={
            "适用的线索": ("name", "position", "active", "automatic", "regions", "industries", "sources"),
            "分给谁": ("seats", "by_load", "by_merit"),
        },
        order="position,name",
        scope=everyone,
    )

    def validate(self) -> None:
        rows = self.incoming.get("seats", ())
        people = [row["person"] for row in rows if "person" in row]
        if len(people) != len(set(people)):
            raise Invalid.of({"seats": "同一个人只能写一行"}, {"seats": "接单人"})


class DispatchRegion(Line):
    """区域: a division and everything in it."""

    rule: Any = f.Parent("sales.DispatchRule", "regions")
    place = f.Address("省市")


class DispatchSeat(Line):
    """接单人: somebody who takes leads under a rule."""

    rule: Any = f.Parent("sales.DispatchRule", "seats")
    person_id: int
    person: Any = f.Person("接单人")
    weight = f.Decimal("权重", default=Decimal(1), least=Decimal("0.01"), most=100, decimal_places=2, total="none")
    ceiling = f.Integer(
        "在手上限", blank=True, least=1, most=100_000, help="在手未决的线索达到它就不再分给她；留空不限", total="none"
    )


class DispatchRight(Record):
    """分单资格: priority for the best of a month, and what is lost by the last and by those who neglect their leads.

    Both in the dispatch of leads and in how many industry customers somebody may hold (V-72, V-74, V-76).
    """

    name = f.Text("名称", blank=True, editable=False)
    person_id: int
    person: Any = f.Person("人员")
    kind = f.Choice("资格", {"priority": "优先分派", "suspended": "取消分派"}, fixed="程序只认得这两种")
    factor = f.Decimal(
        "权重倍数", default=Decimal("1.5"), least=1, most=10, decimal_places=2, when={"kind": ("priority",)},
        help="优先分派时权重乘以它", total="none",
    )  # fmt: skip
    quota = f.Integer(
        "行业客户额度（%）", default=100, least=0, most=1000, help="期间可负责的行业客户，为登记规则所定数量的百分之几"
    )
    starts_on = f.Date("生效日期", default=timezone.localdate)
    ends_on = f.Date("截止日期", blank=True, help="当天仍有效；留空为长期")
    reason = f.Text("依据", help="哪一次评比或处理")

    spec = Spec(
        label="分单资格",
        collection="dispatch-rights",
        subtitle=("kind", "starts_on"),
        columns=("person", "kind", "factor", "quota", "starts_on", "ends_on", "reason"),
        filters=("person", "kind", "starts_on"),
        sections={"分单资格": ("person", "kind", "factor", "quota", "starts_on", "ends_on", "reason")},
        order="-starts_on",
        scope=everyone,
    )

    @classmethod
    def in_force(cls, day: date) -> Any:
        """Those of a day."""
        return cls._base_manager.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        prefetch_related_objects(records, "person")

    def derive(self) -> None:
        self.name = str(self.person)

    def validate(self) -> None:
        if self.ends_on and self.ends_on < self.starts_on:
            raise Invalid.of({"ends_on": "不能早于生效日期"}, {"ends_on": "截止日期"})
