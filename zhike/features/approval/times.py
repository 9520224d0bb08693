"""时限 of a step: a clock that runs while it is taken."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from zhike.features.approval.models import Request
from zhike.features.clocks import running
from zhike.features.clocks.marks import ACT, WARN, After

STEP = running.kind("approval", "审批时限")
EARLY = 2
"""A step is reminded of at half its time."""


def start_limit(request: Request, step: dict[str, Any], since: datetime | None = None) -> None:
    """Its time runs from now, or from when it was told to have begun."""
    limit, begun = step["limit"], since or timezone.now()
    if limit:
        due = After(limit["amount"], limit["unit"])
        half = {WARN: After(limit["amount"] // EARLY, limit["unit"])} if limit["amount"] >= EARLY else {}
        running.start(STEP, [request], half | {ACT: due}, since=lambda r: begun, person=lambda r: None, about=step["name"])


def stop_limit(request: Request) -> None:
    running.stop(STEP, [request])
