"""工作日历: which days the company, or one of its departments, works."""

from __future__ import annotations

from typing import Any

from zhike.kernel.declare import Invalid, Record, Spec, f, related
from zhike.org.scopes import everyone

WEEKDAYS = {
    "mon": "星期一", "tue": "星期二", "wed": "星期三", "thu": "星期四", "fri": "星期五", "sat": "星期六", "sun": "星期日",
}  # fmt: skip
NUMBERS = {name: number for number, name in enumerate(WEEKDAYS)}


def monday_to_friday() -> list[str]:
    return [name for name, number in NUMBERS.items() if number < 5]


class WorkCalendar(Record):
    """A week, the public holidays, and days of its own. A department without one follows the department above it."""

    name = f.Text("名称", max_length=60, search=True)
    used_by: Any = f.Department("适用部门", blank=True, help="留空为全公司；部门及其下级没有自己的日历时用上级的")
    weekdays = f.Choices("每周工作日", WEEKDAYS, default=monday_to_friday, fixed="一周只有七天")
    public_holidays = f.Boolean("按国家法定节假日放假和调休", default=True)

    spec = Spec(
        label="工作日历",
        collection="work-calendars",
        columns=("name", "used_by", "weekdays", "public_holidays"),
        filters=("name", "used_by"),
        sections={"工作日历": ("name", "used_by", "weekdays", "public_holidays")},
        order="name",
        scope=everyone,
        related=(related("clocks.CalendarDay", "calendar", "特殊日期"),),
    )

    def validate(self) -> None:
        if not self.weekdays:
            raise Invalid.of({"weekdays": "每周至少有一个工作日"}, {"weekdays": "每周工作日"})
