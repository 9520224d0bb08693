"""特殊日期: a day on which work is otherwise than the week says: a holiday, a make-up day, a day off of the company's own."""

from __future__ import annotations

from django.db import models

from zhike.kernel.declare import Record, Spec, f, option
from zhike.org.scopes import everyone


class CalendarDay(Record):
    """Of one calendar, or, where none is named, of the country: so the next year's holidays are loaded from a spreadsheet."""

    name = f.Text("名称", max_length=60, search=True, synonyms=("holiday", "节日", "说明"))
    day = f.Date("日期", synonyms=("date",))
    work = f.Choice(
        "安排", {"off": option("放假", color="green"), "on": option("上班", color="orange")}, fixed="只有上班与不上班",
        synonyms=("type", "类型"),
    )  # fmt: skip
    calendar = f.Ref("clocks.WorkCalendar", "工作日历", blank=True, help="留空为国家法定安排，凡按法定节假日放假的日历都适用")

    spec = Spec(
        label="特殊日期",
        collection="calendar-days",
        subtitle=("day", "work"),
        columns=("day", "name", "work", "calendar"),
        filters=("day", "name", "work", "calendar"),
        sections={"特殊日期": ("day", "name", "work", "calendar")},
        order="-day",
        scope=everyone,
        calendar="day",
    )

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["calendar", "day"], name="calendar_day_of")]
