"""预警规则: which indicator of which object is watched against which thresholds. Tried on the past before it is switched on."""

from __future__ import annotations

from zhike.features.alerts.definition import check, read_text
from zhike.features.reports.objects.subject import ObjectChoice
from zhike.kernel.declare import Record, Spec, f, related
from zhike.org.scopes import everyone

RHYTHMS = {"hour": "每小时", "day": "每天早上"}


class AlertRule(Record):
    name = f.Text("名称", max_length=60, search=True)
    collection = ObjectChoice("对象")
    definition = f.LongText("规则", blank=True, help="由预警设计器写成")
    rhythm = f.Choice("多久检查一次", RHYTHMS, default="day", fixed="程序只认得这几种节奏")
    advice = f.LongText("处理要求", blank=True, help="收到预警的人应当做什么")
    is_active = f.Boolean("启用")

    spec = Spec(
        label="预警规则",
        collection="alert-rules",
        menu="预警",
        place=72,
        subtitle=("collection", "rhythm"),
        columns=("name", "collection", "rhythm", "is_active", "updated_by", "updated_at"),
        filters=("name", "collection", "is_active"),
        sections={"预警规则": ("name", "collection", "rhythm", "advice", "is_active")},
        order="collection,name",
        scope=everyone,
        quick=("name", "collection"),
        related=(related("alerts.Alert", "rule", "已发出的预警"), related("alerts.AlertLimit", "rule", "部门阈值")),
    )

    def validate(self) -> None:
        check(self.collection, read_text(self.definition or ""), whole=bool(self.is_active))
