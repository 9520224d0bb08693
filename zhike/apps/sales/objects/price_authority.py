"""报价权限矩阵: which post or role may approve down to which price ratio, from a day on (V-46…V-48)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhike.apps.sales.authority import MEASURES, STRICT, Authority
from zhike.chinese.numbers import show_ratio
from zhike.kernel.declare import Input, Record, Refused, Spec, action, f
from zhike.org.scopes import everyone

UNLIMITED = "不限"
"""To any price: 0 is a limit below which nothing lies."""

PERIODS = {
    "last_30_days": "最近 30 天", "last_90_days": "最近 90 天", "last_quarter": "上个季度", "this_year": "今年以来",
    "last_year": "去年",
}  # fmt: skip


class Trial(Input):
    """Another limit, and the quotes it is tried on."""

    least_ratio = f.Ratio("可批到", least=0, zero=UNLIMITED)
    measure = f.Choice("按什么判断", MEASURES, default=STRICT, fixed="程序只会按这几种方式计算折扣")
    period = f.Choice("用哪段时间的报价", PERIODS, default="last_90_days", fixed="程序只认得这几段")


class Adjustment(Input):
    """Another limit, and from when on."""

    least_ratio = f.Ratio("可批到", least=0, zero=UNLIMITED)
    measure = f.Choice("按什么判断", MEASURES, default=STRICT, fixed="程序只会按这几种方式计算折扣")
    starts_on = f.Date("从哪天起", default=timezone.localdate)
    grounds = f.Text("依据", help="依据的制度或决定")


class PriceAuthority(Record):
    name = f.Text("名称", blank=True, editable=False)
    post: Any = f.Ref("org.Post", "岗位", blank=True)
    role: Any = f.Ref("org.Role", "角色", blank=True)
    least_ratio = f.Ratio(
        "可批到", least=0, zero=UNLIMITED, total="none", help="0.45 即 4.5折：最低可按标准价的 45% 成交；0 为不限"
    )
    measure = f.Choice("按什么判断", MEASURES, default=STRICT, fixed="程序只会按这几种方式计算折扣")
    effective_on = f.Date("生效日期", default=timezone.localdate, help="同一岗位和角色有几条时，按生效最晚的一条")
    ends_on = f.Date("失效日期", blank=True, help="当天仍有效；留空为长期")
    reason = f.Text("说明", blank=True, help="依据的制度或决定")

    spec = Spec(
        label="报价权限",
        collection="price-authorities",
        menu="制度",
        place=81,
        subtitle=("least_ratio",),
        columns=("name", "least_ratio", "measure", "effective_on", "ends_on", "reason"),
        filters=("post", "role", "least_ratio", "effective_on"),
        sections={"报价权限": ("post", "role", "least_ratio", "measure", "effective_on", "ends_on", "reason")},
        order="-least_ratio,name",
        scope=everyone,
        one_of=("post", "role"),
    )

    def derive(self) -> None:
        self.name = " · ".join(str(x) for x in (self.post, self.role) if x)

    def validate(self) -> None:
        if self.ends_on and self.ends_on < self.effective_on:
            raise Refused("失效日期不能早于生效日期", {"ends_on": "不能早于生效日期"})

    @action("试算", input=Trial, bulk=False)
    def try_out(self, actor: Any, data: Trial) -> Any:
        """What another limit would have meant for quotes of the past; nothing changes."""
        from zhike.apps.sales.flows.try_authority import try_authority

        return {"told": try_authority(self, data, actor)}

    @action("调整", input=Adjustment, bulk=False)
    def adjust(self, actor: Any, data: Adjustment) -> Any:
        """Another limit from a day on; this one holds until the day before, so that what was decided stays as it was."""
        from zhike.apps.sales.flows.adjust_authority import adjust_authority

        made = adjust_authority(self, data, actor)
        return {"made": [{"collection": self.spec.collection, "id": made.pk, "label": str(made)}]}

    def __str__(self) -> str:
        return f"{self.name} {show_ratio(self.least_ratio) if self.least_ratio else UNLIMITED}"

    def as_authority(self) -> Authority:
        return Authority(self.name, self.least_ratio, self.measure)


def in_force(day: date | None = None) -> list[PriceAuthority]:
    """The rows of the matrix on a day. Of several for the same post and role the one that began last holds."""
    on = day or timezone.localdate()
    rows = PriceAuthority._base_manager.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), effective_on__lte=on)
    latest = {(row.post_id, row.role_id): row for row in rows.order_by("effective_on", "pk")}
    return sorted(latest.values(), key=lambda row: (-row.least_ratio, row.pk))


def held_by(person: Any, day: date | None = None) -> list[Authority]:
    """What somebody may decide on a day."""
    return within(in_force(day), person)


def within(rows: list[PriceAuthority], person: Any) -> list[Authority]:
    """What somebody's posts and roles allow her; both, when a row names both."""
    roles, posts = {None, *getattr(person, "role_ids", ())}, {None, *getattr(person, "post_ids", ())}
    return [row.as_authority() for row in rows if row.post_id in posts and row.role_id in roles]
