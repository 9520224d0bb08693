"""部门阈值: a director's own threshold for what her department and those below look after, within the limits of the company."""

from __future__ import annotations

from typing import Any

from django.db import models

from zhike.features.alerts.definition import read, read_text
from zhike.features.alerts.levels import FIXED, LEVELS
from zhike.kernel.declare import Invalid, Record, Spec, f
from zhike.org.scopes import by_owner


class AlertLimit(Record):
    """It holds for the department of whoever writes it."""

    name = f.Text("名称", blank=True, editable=False)
    rule: Any = f.Ref("alerts.AlertRule", "预警规则", on_delete=models.CASCADE)
    level = f.Choice("级别", LEVELS, default="yellow", fixed=FIXED)
    threshold = f.Decimal("阈值", decimal_places=4, total="none")
    reason = f.Text("说明", blank=True, max_length=200)

    spec = Spec(
        label="部门阈值",
        collection="alert-limits",
        menu="预警",
        place=73,
        subtitle=("department", "threshold"),
        columns=("rule", "level", "threshold", "department", "owner", "reason", "updated_at"),
        filters=("rule", "level", "department"),
        sections={"部门阈值": ("rule", "level", "threshold", "reason")},
        order="rule,department",
        scope=by_owner,
    )

    def derive(self) -> None:
        level = LEVELS.get(self.level)
        self.name = f"{self.rule.name}·{level.label if level else self.level}"[:200]

    def validate(self) -> None:
        """The company says how far a department may go. Raises Invalid."""
        known = {one.level: one for one in read(read_text(self.rule.definition or "")).levels}
        company = known.get(self.level)
        if company is None or self.threshold is None:
            return
        if company.least is None and company.most is None:
            raise Invalid.of({"threshold": "公司没有允许各部门调整这一级的阈值"}, {"threshold": "阈值"})
        low, high = company.least, company.most
        if (low is not None and self.threshold < low) or (high is not None and self.threshold > high):
            raise Invalid.of({"threshold": f"应在公司规定的 {low} 与 {high} 之间"}, {"threshold": "阈值"})
