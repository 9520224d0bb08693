"""Whose role has ended is told, whoever ended it."""

from zhike.features.access.objects.access_request import AccessRequest
from zhike.features.notify.tell import tell
from zhike.kernel.events import Written, on_written


@on_written
def say_that_it_ended(event: Written) -> None:
    if event.model is AccessRequest and event.verb == "end":
        for request in event.records:
            tell([request.person_id], f"您的权限“{request.name}”已结束", record=request, actor=event.actor)
