"""处理时限: an alert nobody handles in time goes up to the next head, by the clocks everything else runs by."""

from __future__ import annotations

from typing import Any

from zhike.features.alerts.definition import read, read_text
from zhike.features.alerts.objects.alert import OPEN, Alert
from zhike.features.clocks import running
from zhike.features.clocks.marks import ACT, After
from zhike.features.clocks.running import Struck
from zhike.kernel.errors import Problem
from zhike.kernel.events import Written, on, on_written
from zhike.kernel.writes import act
from zhike.org.objects.person import System

HANDLING = running.kind("alert", "预警处理时限")
CLOCK = System("alerts")


def start_limit(alerts: list[Any], limit: After | None) -> None:
    if limit and alerts:
        running.start(HANDLING, alerts, {ACT: limit})


@on_written
def follow(event: Written) -> None:
    """Settled, no time runs any more; handed up, it begins anew for whoever has it now."""
    if event.model is not Alert or event.verb == "delete":
        return
    settled = [a for a in event.records if a.state not in OPEN]
    if settled:
        running.stop(HANDLING, settled)
    if event.verb == "escalate":
        for alert in event.records:
            start_limit([alert], read(read_text(alert.rule.definition or "")).limit)


@on(Struck)
def too_late(event: Struck) -> None:
    """Nobody has handled it: up it goes; at the top it stays, and is said once more."""
    if event.kind != HANDLING:
        return
    for alert in Alert._base_manager.filter(pk__in=[c.record for c in event.clocks], state__in=OPEN).order_by("pk"):
        try:
            act(alert, "escalate", {"reason": "超过处理时限"}, actor=CLOCK)
        except Problem:
            remind(alert)


def remind(alert: Any) -> None:
    from zhike.features.notify.tell import tell

    tell([alert.owner_id], f"预警超过处理时限：{alert.name}", record=alert, actor=CLOCK)
