"""异常告警: somebody looked at, revealed or took along unusually much; told once, and open until an auditor has judged it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone

from zhike.kernel.declare import Input, Record, Refused, Spec, action, f, option
from zhike.kernel.reach import Actor
from zhike.org.scopes import everyone

RAISED, TAKEN, SETTLED = "raised", "acknowledged", "settled"
OFF_HOURS = "off_hours"
STATES = {
    RAISED: option("待处理", color="red"),
    TAKEN: option("核查中", color="blue"),
    SETTLED: option("已核查", color="green"),
}
KINDS = {
    "view": option("异常查看", color="gold"),
    "reveal": option("异常显示", color="orange"),
    "export": option("异常导出", color="red"),
    OFF_HOURS: option("非工作时间使用", color="gold"),
}
VERDICTS = {
    "work": option("正常工作", color="green"),
    "careless": option("使用不当", color="orange"),
    "leak": option("疑似泄漏", color="red"),
}


class Finding(Input):
    """What the auditor has found."""

    verdict = f.Choice("结论", VERDICTS)
    finding = f.LongText("核查情况")


class Alarm(Record):
    person_id: Any
    name = f.Text("告警", blank=True, editable=False, max_length=200, search=True)
    kind = f.Choice("类型", KINDS, default="view", editable=False, max_length=10, fixed="程序按这几种统计")
    person: Any = f.Person("人员", editable=False, on_delete=models.CASCADE)
    since = f.DateTime("从何时算起", default=timezone.now, editable=False)
    count = f.Integer("条数", default=0, editable=False)
    at = f.DateTime("发现时间", default=timezone.now, editable=False)
    state = f.State("状态", STATES)
    verdict = f.Choice("结论", VERDICTS, blank=True, editable=False)
    finding = f.LongText("核查情况", blank=True, editable=False)
    settled_at = f.DateTime("核查时间", blank=True, editable=False)
    note = f.LongText("备注", blank=True)

    spec = Spec(
        label="异常告警",
        collection="alarms",
        menu="组织",
        place=96,
        subtitle=("state",),
        columns=("name", "kind", "person", "count", "at", "state", "verdict"),
        filters=("state", "kind", "person", "verdict", "at"),
        sections={
            "异常告警": ("name", "kind", "person", "count", "since", "at"),
            "核查": ("state", "verdict", "finding", "settled_at", "note"),
        },
        order="-at",
        board="state",
        scope=everyone,
        arises=True,
        pending={"field": "state", "op": "in", "value": [RAISED, TAKEN]},
    )

    class Meta(Record.Meta):
        db_table = "leakage_alarm"
        constraints = [models.UniqueConstraint("kind", "person", "since", name="alarm_once")]

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        prefetch_related_objects(records, "person")

    def derive(self) -> None:
        self.name = self._sentence()[:200]

    def _sentence(self) -> str:
        """One that an auditor writes down by hand has no figure."""
        name = self.person.name
        if not self.count:
            return f"{KINDS[self.kind].label}：{name}"
        if self.kind == "view":
            return f"异常查看：{name} 在一小时内打开了 {self.count:,} 条记录"
        if self.kind == "reveal":
            return f"异常查看：{name} 在一小时内显示了 {self.count:,} 次掩码内容"
        if self.kind == OFF_HOURS:
            return f"非工作时间使用：{name} 在一天内打开和导出了 {self.count:,} 条记录"
        return f"异常导出：{name} 在一天内导出了 {self.count:,} 条记录"

    @action("开始核查", source=RAISED, target=TAKEN)
    def acknowledge(self, actor: Actor) -> None:
        """Somebody is looking into it."""
        self._not_about(actor)

    @action("核查完毕", source=(RAISED, TAKEN), target=SETTLED, input=Finding, bulk=False)
    def settle(self, actor: Actor, data: Any) -> None:
        """What it was, in the words of whoever looked into it."""
        self._not_about(actor)
        self.verdict, self.finding, self.settled_at = data.verdict, data.finding, timezone.now()

    def _not_about(self, actor: Actor) -> None:
        """Nobody judges herself, nor has it judged in her name. Raises Refused."""
        if self.person_id in (actor.pk, getattr(getattr(actor, "delegate", None), "pk", None)):
            raise Refused("不能核查关于自己的告警，请交给别的管理员")
