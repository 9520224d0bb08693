"""离职: what waited for somebody who has left waits for her superior."""

from __future__ import annotations

from zhike.features.approval.deciding import WAITING, begin, put_aside
from zhike.features.approval.models import PENDING, Request, Task
from zhike.features.approval.times import stop_limit
from zhike.kernel.events import Written, on_written
from zhike.org.objects.person import Person


@on_written
def left(event: Written) -> None:
    """People were written; of what waits for those who are not here any more others are asked."""
    gone = [person.pk for person in event.records if not person.is_active] if event.model is Person else []
    if gone:
        waiting = Task.objects.filter(person__in=gone, state__in=WAITING, request__state=PENDING).values("request")
        for request in Request.objects.select_for_update().filter(pk__in=waiting).order_by("pk"):
            put_aside(request)
            stop_limit(request)
            begin(request, event.actor)
