"""自动化规则: when – if – do. Data that an administrator writes, in force with the next change."""

from __future__ import annotations

from zhike.features.automation.definition import OCCASIONS, check, read, read_text
from zhike.features.reports.objects.subject import ObjectChoice
from zhike.kernel.declare import Record, Spec, f, related
from zhike.org.scopes import everyone


class Automation(Record):
    """One rule. It acts as the system under its own name; what it did is in the history of each record and in its runs."""

    name = f.Text("名称", max_length=60, search=True)
    collection = ObjectChoice("对象")
    definition = f.LongText("规则", blank=True, help="由自动化设计器写成")
    occasion = f.Choice("什么时候", OCCASIONS, default="created", editable=False, fixed="程序只认得这几种时机")
    position = f.Integer("次序", default=0, least=0, most=10_000, help="几条同时触发时，小的先", total="none")
    is_active = f.Boolean("启用")
    description = f.Text("说明", blank=True, max_length=200)

    spec = Spec(
        label="自动化",
        collection="automations",
        subtitle=("collection", "occasion"),
        columns=("name", "collection", "occasion", "is_active", "position", "updated_by", "updated_at"),
        filters=("name", "collection", "occasion", "is_active"),
        sections={"自动化": ("name", "collection", "occasion", "is_active", "position", "description")},
        order="collection,position,name",
        scope=everyone,
        quick=("name", "collection"),
        related=(related("automation.AutomationRun", "rule", "运行记录"),),
    )

    def derive(self) -> None:
        """The occasion is part of the definition; beside it, it can be shown in lists."""
        self.occasion = read(read_text(self.definition or "")).when["on"]

    def validate(self) -> None:
        given = read_text(self.definition or "")
        check(self.collection, given, whole=bool(self.is_active))
