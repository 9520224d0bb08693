"""补记: when people heard of what happened on an earlier day, told by whoever fills an installation with a story."""

from __future__ import annotations

from datetime import datetime

from zhike.features.notify.models import Notification


def last_heard() -> int:
    """The latest notice there is; 0 where there is none."""
    return Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def date_back(heard: int, at: datetime) -> int:
    """Notices later than that one came at this moment; returns the latest there is now."""
    Notification.objects.filter(pk__gt=heard).update(at=at)
    return last_heard()
