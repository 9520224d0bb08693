"""API tokens 访问令牌: how programs sign in. Only a digest is kept; the token itself is shown once."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models


class Token(models.Model):
    """One token of one person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "org_token"
        default_permissions = ()


def issue(person: Any, name: str) -> str:
    """Make a token for `person` and return it, the only time it is seen."""
    token = f"zk_{secrets.token_urlsafe(32)}"
    Token.objects.create(person=person, name=name, digest=_digest(token))
    return token


def bearer(token: str) -> Any | None:
    """The active person behind a token, acting through it and outside the house; None when there is none."""
    from zhike.org.objects.person import Person

    person = Person.objects.acting().filter(tokens__digest=_digest(token)).first()
    if person is None or person.gone:
        return None
    person.through, person.outside = "api", True
    return person


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
