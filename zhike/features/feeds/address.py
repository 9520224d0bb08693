"""Giving out, changing and taking back the secret address of a feed. A new address kills the one before."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.utils import timezone

from zhike.features.feeds.models import Feed
from zhike.kernel.errors import NotFound
from zhike.kernel.reach import Actor
from zhike.org.objects.person import Person


def standing(actor: Actor) -> dict[str, Any]:
    """Whether the actor has an address, and since when; the address itself is not known any more."""
    found = Feed.objects.filter(person_id=actor.pk).first()
    return {"since": found.created_at.isoformat() if found else None}


def give(actor: Actor) -> str:
    """A new secret, the only time it is seen."""
    secret = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(person_id=actor.pk, defaults={"digest": _digest(secret), "created_at": timezone.now()})
    return secret


def take_back(actor: Actor) -> None:
    Feed.objects.filter(person_id=actor.pk).delete()


def reader(secret: str) -> Any:
    """The active person whose address this is. Raises NotFound."""
    owner = Feed.objects.filter(digest=_digest(secret)).values("person_id")
    found = Person.objects.acting().filter(is_active=True, pk__in=owner).first()
    if found is None or found.gone:
        raise NotFound("没有这个日历地址，可能已被更换")
    found.through, found.outside = "calendar", True
    return found


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
