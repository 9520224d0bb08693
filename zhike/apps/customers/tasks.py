"""Found by the queue at start-up: 任务提醒, said once, at the time somebody asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.apps.customers.objects.task import TO_REMIND, Task
from zhike.apps.customers.pool import nightly
from zhike.features.jobs.periodic import periodic
from zhike.features.notify.tell import tell_each
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import System

AT_ONCE = 500
__all__ = ["nightly", "remind"]


@periodic("* * * * *")
def remind() -> None:
    """Every minute: a small index holds what still has to be said, so that a minute without reminders costs one look."""
    while remind_some(timezone.now()) == AT_ONCE:
        pass


def remind_some(now: datetime) -> int:
    """Tell the owners of the first tasks whose time has come, and say how many there were."""
    actor = System("reminder")
    with transaction.atomic():
        due = Task.objects.filter(TO_REMIND, remind_at__lte=now).order_by("remind_at", "pk")
        found = list(due.only("subject", "due_on", "owner").select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
        tell_each(((task.owner_id, _words(task), task) for task in found), quoting=("due_on",), actor=actor)
        if found:
            mirror(Task.objects.filter(pk__in=[t.pk for t in found]), {"reminded_at": now}, actor=actor)
    return len(found)


def _words(task: Any) -> str:
    return f"提醒：{task.subject}（{task.due_on.month}月{task.due_on.day}日截止）"
