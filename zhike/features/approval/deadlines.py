"""What happens when a step takes too long 超时: a word, the superior beside, or a decision by the clock itself."""

from __future__ import annotations

from typing import Any

from zhike.features.approval import deciding
from zhike.features.approval.definition import AGREE, DISAGREE, ESCALATE
from zhike.features.approval.models import OPEN, PENDING, Request, Task
from zhike.features.approval.people import superior
from zhike.features.approval.times import STEP
from zhike.features.clocks.marks import ACT
from zhike.features.clocks.running import Struck
from zhike.features.notify.tell import tell
from zhike.kernel.events import on
from zhike.org.objects.person import Person


@on(Struck)
def too_late(event: Struck) -> None:
    """A mark of a step has come."""
    if event.kind != STEP:
        return
    waiting = Request.objects.filter(pk__in=[c.record for c in event.clocks], state=PENDING).select_for_update().order_by("pk")
    for request in waiting:
        then = request.step["limit"]["then"] if event.mark == ACT and request.step["limit"] else ""
        DEEDS.get(then, remind)(request, event.actor)


def remind(request: Request, actor: Any) -> None:
    """Those who have not answered hear of it again, and the requester that it takes long."""
    late = asked(request)
    deciding.call(request, late, actor)
    names = "、".join(Person._base_manager.filter(pk__in=late).order_by("pk").values_list("name", flat=True))
    tell([request.requester_id], f"申请“{request.title}”还在等待{names}审批", record=request, actor=actor)


def escalate(request: Request, actor: Any) -> None:
    """上升: the superior of each who has not answered may answer for her; whatever else the step asks stands."""
    step, late = request.step, asked(request)
    above = {pk: superior(pk, request.requester_id) for pk in late}
    beside = [[pk, head] for pk, head in above.items() if head and head not in step["people"]]
    fresh = list(dict.fromkeys(head for _, head in beside))
    step["beside"] = [*step.get("beside", []), *beside]
    step["people"] = [*step["people"], *fresh]
    Task.objects.bulk_create(Task(request=request, step=step["key"], round=request.round, person_id=pk) for pk in fresh)
    deciding.note(request, actor, "escalate", people=fresh)
    deciding.keep(request)
    deciding.call(request, fresh or late, actor)


def agree(request: Request, actor: Any) -> None:
    """默认同意: every answer that this step misses counts as yes; the steps that follow are asked as ever."""
    place, missing = request.position, Task.objects.filter(request=request, state=OPEN).order_by("pk")
    while request.state == PENDING and request.position == place and (task := missing.first()):
        deciding.agree(request, task, actor)


def disagree(request: Request, actor: Any) -> None:
    deciding.disagree(request, None, actor)


def asked(request: Request) -> list[int]:
    """Whose answer is missing."""
    return list(Task.objects.filter(request=request, state=OPEN).order_by("pk").values_list("person_id", flat=True))


DEEDS = {ESCALATE: escalate, AGREE: agree, DISAGREE: disagree}
