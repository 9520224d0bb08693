"""运行记录: one time a rule found records it is meant for, and what became of that."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.features.automation.definition import OCCASIONS
from zhike.features.retention.declared import kept, parameter_of_days
from zhike.kernel.declare import Record, Spec, f, option
from zhike.org.scopes import everyone

DONE, PARTLY, FAILED, STOPPED = "done", "partly", "failed", "stopped"
RESULTS = {
    DONE: option("完成", color="green"),
    PARTLY: option("部分完成", color="orange"),
    FAILED: option("失败", color="red"),
    STOPPED: option("已拦停", color="default"),
}


class AutomationRun(Record):
    """`rule` keeps none of its own once it is deleted."""

    name = f.Text("运行", blank=True, editable=False)
    rule: Any = f.Ref("automation.Automation", "自动化", editable=False, on_delete=models.CASCADE)
    occasion = f.Choice("时机", OCCASIONS, default="created", editable=False, fixed="程序只认得这几种时机")
    result = f.Choice("结果", RESULTS, default=DONE, editable=False, fixed="程序只认得这几种结果")
    found = f.Integer("涉及记录", default=0, editable=False)
    refused = f.Integer("未做成", default=0, editable=False)
    detail = f.LongText("经过", blank=True, editable=False)
    note = f.Text("备注", blank=True, max_length=200)

    spec = Spec(
        label="运行记录",
        collection="automation-runs",
        subtitle=("rule", "result"),
        columns=("name", "rule", "occasion", "result", "found", "refused", "detail"),
        filters=("rule", "result", "occasion", "created_at"),
        sections={"运行记录": ("rule", "occasion", "result", "found", "refused", "detail", "note")},
        order="-created_at",
        scope=everyone,
        arises=True,
    )

    def derive(self) -> None:
        """It is called by its moment: the name of its rule would say the same in every row of that rule's runs."""
        if not self.name:
            self.name = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")


kept(AutomationRun, since="updated_at", days=parameter_of_days("keep_runs", "自动化的运行记录保留", 180))
