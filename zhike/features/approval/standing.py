"""What of a record waits for agreement right now, for objects whose content must not move meanwhile."""

from __future__ import annotations

from typing import Any

from zhike.features.approval.models import STANDING, Request


def is_asked(record: Any, verb: str) -> bool:
    """Whether somebody has asked to do this to the record and not everybody has answered."""
    about = Request.objects.filter(collection=record.spec.collection, record=record.pk, verb=verb)
    return bool(about.filter(state__in=STANDING).exists())
