"""Sending one message: taken, put off with a growing pause, or given up and told to whoever keeps the channel."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.features.channels.keys import key_of
from zhike.features.channels.objects.delivery import DEAD, SENT, WAITING, Delivery
from zhike.features.channels.posting import DELIVER, LEASE, SENDER, hand_out
from zhike.features.channels.reaching import NotSent, send
from zhike.features.channels.robots import WIRE, Outgoing, refuse_no
from zhike.features.jobs.periodic import periodic
from zhike.features.jobs.run import Run, job
from zhike.features.notify.tell import tell
from zhike.kernel.writes import restore_many

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 1440))
"""After the last of them it is given up: a day and a half in all."""
MOST_AT_ONCE = 500
HEADERS = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Zhike/1", "Accept": "application/json"}


@job(DELIVER)
def deliver(run: Run, delivery: int) -> dict[str, Any]:
    """Try once. Sent twice it may be, when a worker dies between sending and noting it; its number tells that it is the same."""
    rows = Delivery._base_manager.select_related("channel").select_for_update(of=("self",))
    found = rows.filter(pk=delivery, state=WAITING).first()
    if found is None:
        return {"state": "gone"}
    found.attempts += 1
    try:
        _send(found)
    except NotSent as problem:
        _put_off(found, problem)
    else:
        found.state, found.answer, found.sent_at, found.next_at = SENT, "", timezone.now(), None
    restore_many(Delivery, [found], ["state", "attempts", "answer", "next_at", "sent_at"], actor=SENDER, verb="deliver")
    return {"state": found.state, "attempts": found.attempts}


def _send(delivery: Any) -> None:
    sort, key = delivery.channel.sort, key_of(delivery.channel_id)
    if key is None:
        raise NotSent("通道还没有设置地址", final=True)
    message = json.loads(delivery.body or "{}")
    out: Outgoing = WIRE[sort](key.url, key.secret, message, timezone.now().timestamp(), delivery.pk)
    refuse_no(sort, send(out.url, out.body, HEADERS | out.headers))


def _put_off(delivery: Any, problem: NotSent) -> None:
    delivery.answer = problem.reason
    if not problem.final and delivery.attempts <= len(PAUSES):
        delivery.next_at = timezone.now() + PAUSES[delivery.attempts - 1]
        return
    delivery.state, delivery.next_at = DEAD, None
    text = f"消息没有送达“{delivery.channel.name}”：{problem.reason}"
    tell([delivery.channel.owner_id], text, record=delivery, actor=SENDER)


@periodic("* * * * *")
def send_due() -> None:
    """Every minute: what was put off, sent again by hand, or left behind by a worker that died."""
    now = timezone.now()
    with transaction.atomic():
        due = Delivery._base_manager.filter(state=WAITING, next_at__lte=now).order_by("next_at")
        ids = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:MOST_AT_ONCE])
        Delivery._base_manager.filter(pk__in=ids).update(next_at=now + LEASE)
        hand_out(ids)
