"""Closing an account 停用账号: at once, by hand when somebody leaves, by itself when the time of an outside person is over."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhike.kernel import writes
from zhike.kernel.reach import Actor
from zhike.org.objects.person import Person, System
from zhike.org.sessions import end_all
from zhike.org.tokens import revoke_all


def close(person: Any, *, actor: Actor) -> Any:
    """End every way in: the account, its sessions, its tokens. Raises NotFound, Refused."""
    closed = writes.act(person, "leave", actor=actor)
    end_all(person)
    revoke_all(person, by=actor)
    return closed


def over() -> Q:
    """Active people whose last day has passed."""
    return Q(is_active=True, valid_until__lt=timezone.localdate())


def close_those_over() -> int:
    """Close the accounts whose last day has passed, and say how many; until this ran, such a person is refused anyway."""
    found = list(Person.objects.filter(over()))
    for person in found:
        close(person, actor=System("clock"))
    return len(found)
