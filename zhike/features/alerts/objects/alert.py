"""预警信息: something has gone too far; its owner acknowledges, handles, or hands it up."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils import timezone

from zhike.features.alerts.informing import figure_known, informed_of
from zhike.features.alerts.levels import FIXED, LEVELS
from zhike.features.notify.audience import Audience
from zhike.features.notify.tell import tell
from zhike.features.reports.objects.subject import ObjectChoice
from zhike.features.retention.declared import kept, parameter_of_days
from zhike.kernel.declare import Input, Record, Refused, Spec, action, f, option
from zhike.org.objects.person import Person
from zhike.org.scopes import by_owner

RAISED, TAKEN, HANDLED, CLEARED = "raised", "acknowledged", "handled", "cleared"
OPEN = (RAISED, TAKEN)
STATES = {
    RAISED: option("待处理", color="red"),
    TAKEN: option("处理中", color="blue"),
    HANDLED: option("已处理", color="green"),
    CLEARED: option("已解除", color="default"),
}


class Handling(Input):
    """What was done about it."""

    result = f.LongText("处理结果")


class Reason(Input):
    """Why."""

    reason = f.Text("原因", blank=True, max_length=200)


class Alert(Record):
    """`owner` is who must act. `standing`: the last check still found it so; while it stands it is not raised again."""

    owner_id: Any
    department_id: Any
    name = f.Text("预警内容", blank=True, editable=False, max_length=200, search=True)
    rule: Any = f.Ref("alerts.AlertRule", "预警规则", editable=False)
    level = f.Choice("级别", LEVELS, default="yellow", editable=False, fixed=FIXED)
    state = f.State("状态", STATES)
    collection = ObjectChoice("对象", blank=True, editable=False)
    record = f.Integer("记录", default=0, editable=False, total="none")
    value = f.Decimal("指标值", decimal_places=4, blank=True, editable=False, total="none")
    threshold = f.Decimal("阈值", decimal_places=4, blank=True, editable=False, total="none")
    advice = f.LongText("处理要求", blank=True, editable=False)
    result = f.LongText("处理结果", blank=True, editable=False)
    handled_at: Any = f.DateTime("处理时间", blank=True, editable=False)
    note = f.LongText("备注", blank=True)
    escalations = f.Integer("升级次数", default=0, editable=False)
    standing = f.Boolean("仍然超限", default=True, editable=False)
    inside = f.Boolean("仅限内部", editable=False, help="指标里有还不能发到外部的内容")

    spec = Spec(
        label="预警",
        collection="alerts",
        menu="预警",
        place=71,
        subtitle=("level", "state"),
        columns=("name", "level", "state", "owner", "value", "threshold", "created_at"),
        filters=("state", "level", "rule", "owner", "department", "created_at"),
        sections={
            "预警": ("name", "level", "rule", "value", "threshold", "advice"),
            "处理": ("state", "result", "handled_at", "note", "escalations", "standing", "inside"),
        },
        order="-created_at",
        board="state",
        scope=by_owner,
        arises=True,
        entrusted=True,
        leaves=models.Q(inside=False),
        pending={"field": "state", "op": "in", "value": [RAISED, TAKEN]},
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["rule", "record"], name="alert_standing", condition=models.Q(standing=True)),
        ]

    @classmethod
    def withheld_from(cls, actor: Any, ids: Collection[int]) -> set[int]:
        """Those of a figure she could not reckon (any more): her roles, her field rules or the rule itself have changed."""
        alerts = cls._base_manager.filter(pk__in=ids).select_related("rule").only("rule", "rule__collection", "rule__definition")
        return {alert.pk for alert in alerts if not figure_known(alert.rule, actor)}

    def derive(self) -> None:
        """One that somebody writes down by hand is called as its rule."""
        if not self.name:
            self.name = self.rule.name

    @action("知悉", source=RAISED, target=TAKEN)
    def acknowledge(self, actor: Any) -> None:
        """It is being looked into."""

    @action("处理完成", source=OPEN, target=HANDLED, input=Handling)
    def handle(self, actor: Any, data: Handling) -> None:
        self.result, self.handled_at = data.result, timezone.now()

    @action("升级", source=OPEN, target=RAISED, input=Reason, leaves_scope=True)
    def escalate(self, actor: Any, data: Reason) -> None:
        """Whoever is above its owner has it now, and is told as of any record; so is who had it. Raises Refused at the top."""
        above = superior(self)
        if above is None:
            raise Refused("没有可以升级的上级")
        why = f"（{data.reason}）" if data.reason else ""
        tell([self.owner_id], f"您的一条预警已升级给{above.name}{why}", actor=actor)  # which one is no longer hers to read
        self.owner_id, self.department_id = above.pk, above.department_id
        self.note = "\n".join(line for line in (self.note, data.reason) if line)
        self.escalations += 1

    @action("解除", source=OPEN, target=CLEARED, input=Reason)
    def clear(self, actor: Any, data: Reason) -> None:
        """It is over, or never was."""
        self.result = data.reason or self.result


OVER = models.Q(standing=False, state__in=(HANDLED, CLEARED))
kept(Alert, since="updated_at", days=parameter_of_days("keep_alerts", "已了结的预警保留", 730), once=OVER)


def superior(alert: Any) -> Any:
    """The nearest head of a department above its owner who may know of it."""
    heads = Audience([{"by": "head"}]).above(alert.department_id, alert.owner_id)
    able = informed_of(alert, heads)
    return Person._base_manager.filter(pk__in=[head for head in heads if head in able][:1], is_active=True).first()
