"""API tokens 访问令牌: how programs sign in. Only a digest is kept; the token itself is shown once.

A token may read only, or be kept to some collections, as a delegation is: the gate asks both alike. It runs out at its hour; when
it is rotated, the one before it works for another day, so that a program can be given the new one without a gap.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zhike.kernel.errors import Forbidden, NotFound
from zhike.kernel.record import READING
from zhike.org.manner import Manner
from zhike.org.ways import note

OVERLAP = timedelta(days=1)
NOTED_EVERY = timedelta(minutes=1)
LOADED = ("id", "reads_only", "collections", "used_at")
ANY_DIGEST, ANY_MOMENT = "any digest", datetime(1, 1, 1, tzinfo=UTC)
"""What stands in the compiled statement until a request tells its own."""


class Token(models.Model):
    """One token of one person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    reads_only = models.BooleanField(default=False)
    collections = ArrayField(models.CharField(max_length=60), default=list)
    expires_at: Any = models.DateTimeField(null=True)
    used_at: Any = models.DateTimeField(null=True)
    earlier_digest: Any = models.CharField(max_length=64, null=True)
    earlier_until: Any = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_token"
        default_permissions = ()
        indexes = [models.Index(fields=["earlier_digest"], name="org_token_earlier")]

    def covers(self, verb: str, model: Any) -> bool:
        """Whether this may be done through the token."""
        return (not self.reads_only or verb in READING) and (not self.collections or model.spec.collection in self.collections)

    def refuse(self, manner: Manner, path: str, *, reading: bool) -> None:
        """Keep a request to the scope, whatever the address does. Raises Forbidden."""
        place, _, deed = path.partition("/")
        if not manner.for_programs:
            raise Forbidden("令牌不能管理登录方式，请本人登录后办理")
        if self.reads_only and not reading:
            raise Forbidden("这个令牌只能读取")
        # An export is a job, and a job knows the person but no token.
        if self.collections and manner is not Manner.NEUTRAL and (place not in self.collections or deed == "export"):
            raise Forbidden("这个令牌不能使用这个地址")


def issue(
    person: Any, name: str, *, reads_only: bool = False, collections: Sequence[str] = (), expires_at: datetime | None = None
) -> str:
    """Make a token for `person` and return it, the only time it is seen."""
    token = _new()
    scope = {"reads_only": reads_only, "collections": list(collections), "expires_at": expires_at}
    Token.objects.create(person=person, name=name, digest=_digest(token), **scope)
    note(person, "token_made", name, by=person)
    return token


def rotate(person: Any, pk: int) -> str:
    """Give a token a new secret; the one before works for another day. Raises NotFound."""
    token = _new()
    following = {"digest": _digest(token), "earlier_digest": F("digest"), "earlier_until": timezone.now() + OVERLAP}
    found = _own(person, pk)
    Token.objects.filter(pk=found.pk).update(**following)
    note(person, "token_rotated", found.name, by=person)
    return token


def revoke(person: Any, pk: int) -> None:
    """Take a token back, at once. Raises NotFound."""
    found = _own(person, pk)
    found.delete()
    note(person, "token_revoked", found.name, by=person)


def _own(person: Any, pk: int) -> Token:
    found = Token.objects.filter(person_id=person.pk, pk=pk).first()
    if found is None:
        raise NotFound("没有这个令牌")
    return found


def revoke_all(person: Any, *, by: Any) -> None:
    """Every token of somebody, at once."""
    if Token.objects.filter(person_id=person.pk).delete()[0]:
        note(person, "tokens_revoked", by=by)


def held(person: Any) -> list[dict[str, Any]]:
    """The tokens of somebody, without their secrets."""
    return [
        {
            "id": one.pk, "name": one.name, "reads_only": one.reads_only, "collections": one.collections,
            "created_at": _told(one.created_at), "expires_at": _told(one.expires_at), "used_at": _told(one.used_at),
            "over": bool(one.expires_at and one.expires_at <= timezone.now()),
        }
        for one in Token.objects.filter(person_id=person.pk).order_by("-created_at", "-pk")
    ]  # fmt: skip


def bearer(token: str) -> Any | None:
    """The active person behind a token, acting through it and outside the house; None when there is none."""
    from zhike.org.objects.person import Person

    now, (statement, parameters) = timezone.now(), _loading()
    asked = {ANY_DIGEST: _digest(token), ANY_MOMENT: now}
    person = next(iter(Person.objects.raw(statement, [asked.get(one, one) for one in parameters])), None)
    if person is None or person.gone:
        return None
    person.through, person.outside = "api", True
    person.token = Token(**{name: getattr(person, f"token_{name}") for name in LOADED})
    if person.token.reads_only or person.token.collections:
        person.mandate = person.token
    _note_use(person.token, now)
    return person


@cache
def _loading() -> tuple[str, tuple[Any, ...]]:
    """The statement that loads the person behind a token; every request of a program sends it, so it is compiled only once."""
    from zhike.org.objects.person import Person

    valid = Q(tokens__digest=ANY_DIGEST) | Q(tokens__earlier_digest=ANY_DIGEST, tokens__earlier_until__gt=ANY_MOMENT)
    lasting = Q(tokens__expires_at=None) | Q(tokens__expires_at__gt=ANY_MOMENT)
    told = {f"token_{name}": F(f"tokens__{name}") for name in LOADED}
    query = Person.objects.acting().filter(valid, lasting).annotate(**told).order_by("pk")[:1].query
    statement: tuple[str, tuple[Any, ...]] = query.sql_with_params()
    return statement


def _note_use(token: Token, now: datetime) -> None:
    """Once a minute at most, so that a request costs no write."""
    if token.used_at is None or now - token.used_at > NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)


def _new() -> str:
    return f"zk_{secrets.token_urlsafe(32)}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
