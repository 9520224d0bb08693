"""补记: when a request of an earlier day was made and answered, told by whoever fills an installation with a story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zhike.features.approval.models import OPEN, PENDING, QUEUED, Request, Task
from zhike.features.approval.times import start_limit


def tell(request: Request, moments: Sequence[datetime]) -> None:
    """The moment of its submission, then that of each answer; who is asked now has been asked since the last of them."""
    log = [line | {"at": at.isoformat()} for line, at in zip(request.log, moments, strict=False)]
    Request.objects.filter(pk=request.pk).update(created_at=moments[0], log=[*log, *request.log[len(log) :]])
    Task.objects.filter(request=request).update(created_at=moments[0])
    Task.objects.filter(request=request, state__in=(OPEN, QUEUED)).update(created_at=moments[-1])
    if request.state == PENDING:
        start_limit(request, request.step, since=moments[-1])
