"""Whose role has ended is told, whoever ended it; with the account everything asked for ends, so nothing waits for a return."""

from zhike.features.access.objects.access_request import GIVEN, AccessRequest
from zhike.features.notify.tell import tell_each
from zhike.kernel.events import Written, on_written
from zhike.kernel.writes import act_many
from zhike.org.objects.person import Person, System


@on_written
def say_that_it_ended(event: Written) -> None:
    if event.model is AccessRequest and event.verb == "end":
        ended = ((r.person_id, f"您的权限“{r.name}”已结束", r, Person(pk=r.person_id)) for r in event.records)
        tell_each(ended, actor=event.actor)


@on_written
def end_with_the_account(event: Written) -> None:
    if event.model is Person and event.verb == "leave":
        held = AccessRequest.objects.filter(state=GIVEN, person__in=event.ids)
        act_many(held, "end", {"reason": "账号已停用"}, actor=System("leaving"))
