"""Posting: what is to leave the house is written down in the transaction of its cause and sent after it, by a worker."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from zhike.features.channels.objects.channel import Channel
from zhike.features.channels.objects.delivery import Delivery
from zhike.features.jobs.run import start_many
from zhike.kernel.added import current
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System

DELIVER = "deliver"
EVENTS = {"test": "测试消息", "automation": "自动化消息", "alert": "预警消息"}
"""What a message is called in the log: its sort, and nothing of what it says."""
SENDER = System("channels")
LEASE = timedelta(minutes=10)
"""Whoever has taken a message up has so long to send it, then somebody else may."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is told.

    Arguments:
        event: what it is about in one word, for programs: test, automation, alert.
        text: the sentence a robot says.
        data: what a webhook is given beyond that, as plain JSON.
    """

    event: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)

    def body(self) -> str:
        told = {"event": self.event, "at": timezone.now().isoformat(), "text": self.text, **self.data}
        return json.dumps(told, ensure_ascii=False, default=str)


def post(channels: Iterable[int], messages: Sequence[Message]) -> list[Any]:
    """Send each message through each of these channels, as far as they are switched on; a fixed number of statements."""
    open_ones = Channel._base_manager.filter(pk__in=list(channels), is_active=True).order_by("pk")
    rows = [_row(channel, message) for channel in open_ones.only("pk") for message in messages]
    if not rows or current().hides(Channel):
        return []
    made = create_many(Delivery, rows, actor=SENDER)
    hand_out([d.pk for d in made])
    return made


def _row(channel: Any, message: Message) -> dict[str, Any]:
    lease = timezone.now() + LEASE
    return {
        "channel": channel.pk, "name": EVENTS[message.event], "event": message.event, "body": message.body(), "next_at": lease,
    }  # fmt: skip


def hand_out(ids: Sequence[int]) -> None:
    """One job for each: what one receiver does with its message is nothing to the others."""
    start_many(DELIVER, "发送外部消息", [{"delivery": pk} for pk in ids], actor=SENDER)
