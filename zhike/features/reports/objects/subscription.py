"""定时发送: a report that comes by mail. Everybody receives the figures she may see herself."""

from __future__ import annotations

from typing import Any

from zhike.features.reports.rhythm import RHYTHMS
from zhike.kernel.declare import Invalid, Record, Spec, f
from zhike.org.scopes import by_owner


class ReportSubscription(Record):
    """Who receives which report, and when."""

    name = f.Text("名称", max_length=60, search=True)
    report: Any = f.Ref("reports.Report", "报表")
    people: Any = f.Refs("org.Person", "收件人", blank=True)
    rhythm = f.Choice("频率", RHYTHMS, default="week")
    day = f.Integer("第几天", default=1, least=1, most=31, help="每周：1 为周一；每月：日期，月末不足时取最后一天", total="none")
    hour = f.Integer("几点", default=8, least=0, most=23, total="none")
    is_active = f.Boolean("启用", default=True)
    sent_at: Any = f.DateTime("上次发送", blank=True, editable=False)

    spec = Spec(
        label="定时发送",
        collection="report-subscriptions",
        subtitle=("report", "rhythm"),
        columns=("name", "report", "people", "rhythm", "day", "hour", "is_active", "sent_at", "owner"),
        filters=("name", "report", "rhythm", "is_active", "owner"),
        sections={"定时发送": ("name", "report", "people", "rhythm", "day", "hour", "is_active", "sent_at")},
        scope=by_owner,
    )

    def validate(self) -> None:
        if self.rhythm == "week" and self.day > 7:
            raise Invalid.of({"day": "每周发送时应为 1（周一）到 7（周日）"}, {"day": "第几天"})
