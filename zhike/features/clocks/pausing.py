"""暂停与恢复: no time passes while something stands in the way that nobody here can hurry, and the record says who thought so."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from zhike.features.audit.telling import note
from zhike.features.clocks import running
from zhike.features.clocks.models import PAUSED, RUNNING, Clock
from zhike.features.notify.tell import tell
from zhike.kernel.errors import Forbidden, Invalid, NotFound, Refused
from zhike.kernel.kinds.text import storable
from zhike.kernel.registry import find

PAUSE, RESUME, LONGEST = "pause_clock", "resume_clock", 300


def pausable(collection: str, records: set[int], actor: Any) -> set[int]:
    """Of these records those whose clocks the actor may stop: she may change them."""
    rows = find(collection).objects.visible_to(actor, "change")
    return set(rows.filter(pk__in=records).values_list("pk", flat=True))


@transaction.atomic
def pause(pk: int, reason: Any, actor: Any) -> None:
    """Stop a running clock. Raises NotFound, Forbidden where it runs for the actor herself, Refused, Invalid without a reason."""
    clock, record = _asked(pk, actor)
    why = _said(reason)
    if not running.pause(clock.kind, [record]):
        raise Refused("这项时限没有在计时")
    _note(PAUSE, clock, record, why, actor)
    tell([clock.person_id], f"{actor.name}暂停了“{record}”的{running.label_of(clock.kind)}：{why}", record=record, actor=actor)


@transaction.atomic
def resume(pk: int, actor: Any) -> None:
    """Let it go on: what was left is left. Raises NotFound, Forbidden, Refused."""
    clock, record = _asked(pk, actor)
    if not running.resume(clock.kind, [record]):
        raise Refused("这项时限没有暂停")
    _note(RESUME, clock, record, "", actor)
    tell([clock.person_id], f"{actor.name}恢复了“{record}”的{running.label_of(clock.kind)}", record=record, actor=actor)


def _asked(pk: int, actor: Any) -> tuple[Clock, Any]:
    """The clock and its record, if she may; nobody stops the time that runs against herself."""
    clock = Clock.objects.select_for_update().filter(pk=pk, state__in=(RUNNING, PAUSED)).first()
    record = find(clock.collection).objects.visible_to(actor).filter(pk=clock.record).first() if clock else None
    if clock is None or record is None:
        raise NotFound("没有这项时限")
    if clock.person_id == actor.pk:
        raise Forbidden("这项时限要求您本人完成，不能自己暂停或恢复")
    if not pausable(clock.collection, {clock.record}, actor):
        raise Forbidden("您不能修改这条记录，也就不能暂停或恢复它的时限")
    return clock, record


def _said(reason: Any) -> str:
    try:
        text = storable(reason).strip() if isinstance(reason, str) else ""
    except ValueError as error:
        raise Invalid.of({"reason": str(error)}, {"reason": "暂停原因"}) from None
    if not 0 < len(text) <= LONGEST:
        raise Invalid.of({"reason": f"请写 1 到 {LONGEST} 个字"}, {"reason": "暂停原因"})
    return text


def _note(verb: str, clock: Clock, record: Any, why: str, actor: Any) -> None:
    """In the history of the record: which of its clocks, and why."""
    note(record, verb, {"clock": running.label_of(clock.kind), "why": why}, actor)
