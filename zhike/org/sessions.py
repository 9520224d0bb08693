"""Sessions 会话: where somebody is signed in, on what, from where and since when; each ends by itself or is ended.

Two limits: so long after sign-in whatever happens, and so long after it was last used. Its use is written down once a minute at
most, so that a request costs no more than it did; a browser left alone says so (`AWAY`), and its asking is no use.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from zhike.kernel.errors import NotFound
from zhike.org.devices import device
from zhike.org.networks import caller

AWAY = "Zhike-Away"
NOTED_EVERY = timedelta(minutes=1)
NEVER = timedelta(days=36500)
LOAD = "SELECT session_data, used_at FROM org_session WHERE session_key = %s AND expire_date > %s AND used_at > %s"


class Session(models.Model):
    """One browser somebody is signed in with, or is about to."""

    session_key = models.CharField(max_length=40, unique=True)
    session_data = models.TextField()
    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField()
    used_at = models.DateTimeField()
    expire_date = models.DateTimeField(db_index=True)
    device = models.CharField(max_length=80, default="")
    address = models.GenericIPAddressField(null=True)
    # By whose word she came in, if not by her password, and what the provider calls that session of hers.
    identity: Any = models.ForeignKey("org.Identity", models.SET_NULL, null=True, related_name="sessions")
    provider_session = models.CharField(max_length=255, default="", db_default="")

    class Meta:
        db_table = "org_session"
        default_permissions = ()


class SessionStore(SessionBase):
    """What Django asks of a place for sessions, on our own table: ours can be listed, and keep their limits."""

    used_at: datetime | None = None

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.facts: dict[str, Any] = {}

    def load(self) -> dict[str, Any]:
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(LOAD, [self.session_key, now, now - (settings.SESSION_IDLE or NEVER)])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        self.used_at = found[1]
        return self.decode(found[0])

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=session_key).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep what was changed. Raises CreateError, UpdateError."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)
        kept = {"session_data": self.encode(data), "person_id": data.get(SESSION_KEY), **self.facts}
        if not must_create:
            if not Session.objects.filter(session_key=self.session_key).update(**kept):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                Session.objects.create(session_key=self.session_key, **kept, **_from_now())
        except IntegrityError:
            raise CreateError from None

    def cycle_key(self) -> None:
        """The same session under another key, its time beginning anew: with it somebody has just shown who she is."""
        self._get_session()
        if self.session_key is None:
            self.create()
            return
        old, self._session_key = self.session_key, self._get_new_session_key()
        if not Session.objects.filter(session_key=old).update(session_key=self.session_key, **_from_now()):
            raise UpdateError
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        Session.objects.filter(session_key=session_key or self.session_key).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """What has run out leaves nothing behind."""
        now = timezone.now()
        Session.objects.filter(
            models.Q(expire_date__lt=now) | models.Q(used_at__lt=now - (settings.SESSION_IDLE or NEVER))
        ).delete()

    def touch(self, request: Any) -> None:
        """It is used now; written down once a minute at most."""
        now = timezone.now()
        if self.used_at and now - self.used_at > NOTED_EVERY and AWAY not in request.headers:
            Session.objects.filter(session_key=self.session_key).update(used_at=now, address=caller(request) or None)

    def came_from(self, request: Any) -> None:
        """Remember on what and from where somebody signs in."""
        self.facts = {"device": device(request.headers.get("User-Agent", "")), "address": caller(request) or None}
        self.modified = True


def _from_now() -> dict[str, datetime]:
    now = timezone.now()
    return {"started_at": now, "used_at": now, "expire_date": now + timedelta(seconds=settings.SESSION_COOKIE_AGE)}


def standing(person: Any, key: str | None = None) -> list[dict[str, Any]]:
    """The sessions of somebody that still stand, the one last used first; `key` tells which is the asker's own."""
    now = timezone.now()
    found = Session.objects.filter(person=person, expire_date__gt=now, used_at__gt=now - (settings.SESSION_IDLE or NEVER))
    return [
        {
            "id": one.pk, "device": one.device, "address": one.address, "started_at": one.started_at.isoformat(),
            "used_at": one.used_at.isoformat(), "current": one.session_key == key,
        }
        for one in found.order_by("-used_at", "-pk")
    ]  # fmt: skip


def end(person: Any, pk: int) -> None:
    """End one of somebody's sessions. Raises NotFound."""
    if not Session.objects.filter(person=person, pk=pk).delete()[0]:
        raise NotFound("没有这个会话，或它已经结束")


def end_all(person: Any, but: str | None = None) -> None:
    """End all of somebody's sessions, except the one with this key."""
    Session.objects.filter(person_id=person.pk).exclude(session_key=but or "").delete()
