"""跟踪时限: how long a customer may go without contact before it is marked, marked again and released to the public pool."""

from __future__ import annotations

from typing import Any

from zhike.apps.customers.choices import SOURCES
from zhike.apps.customers.objects.customer import CLASSES, LEVELS
from zhike.kernel.declare import Invalid, Record, Spec, f
from zhike.org.scopes import everyone

UNITS = {"day": "自然日", "workday": "工作日"}
NARROWING = ("level", "category", "source", "used_by")


class TrackingLimit(Record):
    """The limits of one kind of customers (V-35). Of several that fit, the one that says most about the customer holds.

    What begins to hold on a later day leaves earlier days as they were; before the first of all limits no time is counted.
    """

    name = f.Text("名称", max_length=60, search=True)
    level = f.Choice("客户级别", LEVELS, blank=True, help="留空为所有级别")
    category = f.Choice("客户分类", CLASSES, blank=True, help="留空为所有分类")
    source = f.Choice("客户来源", SOURCES, blank=True, help="留空为所有来源")
    used_by: Any = f.Department("适用部门", blank=True, help="含下级；留空为全公司")
    first_after = f.Integer("第一次提示", default=30, least=1, most=3650, help="未联系满这么多天，标记并提醒负责人", total="none")
    last_after = f.Integer("最后提示", default=60, least=1, most=3650, help="再次标记，并告知将释放的日期", total="none")
    release_after = f.Integer(
        "释放到公共池", blank=True, least=1, most=3650, help="超过这么多天仍未联系就释放；留空为不释放", total="none"
    )
    unit = f.Choice("天数按", UNITS, default="day", fixed="只有这两种算法")
    starts_on = f.Date("生效日期", help="从这一天起执行；此前未联系的天数不计")
    claims_a_day = f.Integer("每人每天可领取", default=5, least=0, most=1000, help="从公共池领取的客户数", total="none")
    cool_down = f.Integer(
        "原负责人冷却天数", default=30, least=0, most=3650, help="释放后这么多天内原负责人不能领回", total="none"
    )
    undo_within = f.Integer("可撤销释放的天数", default=7, least=0, most=365, help="主管可在这么多天内撤销释放", total="none")

    spec = Spec(
        label="跟踪时限",
        collection="tracking-limits",
        subtitle=("level", "used_by"),
        columns=(
            "name", "level", "category", "source", "used_by", "first_after", "last_after", "release_after", "unit", "starts_on",
        ),
        filters=("name", "level", "category", "source", "used_by", "starts_on"),
        sections={
            "适用": ("name", "level", "category", "source", "used_by", "starts_on"),
            "时限": ("first_after", "last_after", "release_after", "unit"),
            "公共池": ("claims_a_day", "cool_down", "undo_within"),
        },
        order="-starts_on",
        scope=everyone,
    )  # fmt: skip

    def validate(self) -> None:
        if self.last_after < self.first_after:
            raise Invalid.of({"last_after": "不能早于第一次提示"}, {"last_after": "最后提示"})
        if self.release_after is not None and self.release_after < self.last_after:
            raise Invalid.of({"release_after": "不能早于最后提示"}, {"release_after": "释放到公共池"})

    @property
    def precise(self) -> int:
        """How much it says about the customers it holds for."""
        return sum(bool(getattr(self, f"{n}_id" if n == "used_by" else n)) for n in NARROWING)
