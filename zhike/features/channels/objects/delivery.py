"""发送记录: one message on its way through a channel; what could not be delivered stays until somebody sends it again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.features.retention.declared import kept, parameter_of_days
from zhike.kernel.declare import Record, Spec, action, f, option
from zhike.org.scopes import everyone

WAITING, SENT, DEAD = "waiting", "sent", "dead"
STATES = {
    WAITING: option("待发送", color="blue"),
    SENT: option("已送达", color="green"),
    DEAD: option("未送达", color="red"),
}


class Delivery(Record):
    """What it says is for those alone who may say where a channel leads (设置地址与密钥): they could read it there anyway.

    `next_at` is when it is tried next; a worker that takes it up moves that on, so that nobody else does."""

    name = f.Text("消息", blank=True, editable=False, max_length=200, search=True)
    channel: Any = f.Ref("channels.Channel", "外部通道", editable=False)
    event = f.Text("事件", blank=True, editable=False, max_length=60)
    body = f.LongText("内容", blank=True, editable=False)
    state = f.State("状态", STATES)
    attempts = f.Integer("已试次数", default=0, editable=False, total="none")
    answer = f.Text("对方的回应", blank=True, editable=False)
    next_at: Any = f.DateTime("下次发送", blank=True, editable=False)
    sent_at: Any = f.DateTime("送达时间", blank=True, editable=False)
    note = f.Text("备注", blank=True, max_length=200)

    spec = Spec(
        label="发送记录",
        collection="deliveries",
        subtitle=("channel", "state"),
        columns=("name", "channel", "event", "state", "attempts", "answer", "next_at", "sent_at", "created_at"),
        filters=("state", "channel", "event", "created_at"),
        sections={
            "发送记录": ("channel", "event", "state", "attempts", "answer", "next_at", "sent_at", "note"),
            "消息": ("name", "body"),
        },
        order="-created_at",
        closed={"body": ("channels", "connect")},
        scope=everyone,
        arises=True,
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["next_at"], name="delivery_next", condition=models.Q(state=WAITING)),
        ]

    @action("重新发送", source=(SENT, DEAD), target=WAITING)
    def resend(self, actor: Any) -> None:
        """It is tried from the beginning, within the next minute."""
        self.attempts, self.answer, self.next_at, self.sent_at = 0, "", timezone.now(), None


KEPT = parameter_of_days("keep_deliveries", "外部消息的发送记录保留", 180)
kept(Delivery, since="updated_at", days=KEPT, once=~models.Q(state=WAITING))
