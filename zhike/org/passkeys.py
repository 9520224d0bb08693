"""Passkeys 通行密钥 (WebAuthn): a key kept by a telephone, a computer or a stick, opened by finger, face or its own code.

It is two steps in one – something one has, and the finger or code that opens it – so it opens the account by itself, and after a
password it is the second step.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from zhike.kernel.errors import Invalid, NotFound
from zhike.org import second_step
from zhike.org.entering import refuse_elsewhere
from zhike.org.failures import refuse_locked
from zhike.org.sign_in import SignInRefused, awaited, enter
from zhike.org.ways import note

ADDING, ENTERING = "passkey_added", "passkey_asked"
MOST = 10
REFUSED = "通行密钥没有通过，请再试一次或改用密码"


class Passkey(models.Model):
    """One key of one person; ours is the public half."""

    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=80)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    counter = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_passkey"
        default_permissions = ()


def held(person: Any) -> list[dict[str, Any]]:
    """The passkeys of somebody."""
    return [
        {
            "id": one.pk,
            "name": one.name,
            "created_at": one.created_at.isoformat(),
            "used_at": one.used_at and one.used_at.isoformat(),
        }
        for one in person.passkeys.order_by("created_at", "pk")
    ]


def begin_adding(person: Any, request: Any) -> dict[str, Any]:
    """What the browser needs to make a key for us. Raises Invalid."""
    kept = _keys(person)
    if len(kept) >= MOST:
        raise Invalid.of({"name": f"最多 {MOST} 个通行密钥"}, {"name": "名称"})
    options, state = _webauthn().to_make(_origin(request), person, kept)
    request.session[ADDING] = {"state": state, "person": person.pk}
    return options


def add(person: Any, request: Any, given: dict[str, Any]) -> list[str]:
    """Keep the key the browser has made: {"name", "credential"}; answers with recovery codes if she had none. Raises Invalid."""
    name = given.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 80 or "\x00" in name:
        raise Invalid.of({"name": "请起个认得出的名称，最多 80 个字"}, {"name": "名称"})
    begun, webauthn = request.session.pop(ADDING, None), _webauthn()
    try:
        if not begun or begun["person"] != person.pk:
            raise webauthn.NotAccepted("nothing was begun")
        key = webauthn.made(_origin(request), begun["state"], given.get("credential"))
        with transaction.atomic():
            Passkey.objects.create(person_id=person.pk, name=name.strip(), **key)
            note(person, "passkey_added", name.strip(), by=person)
    except (webauthn.NotAccepted, IntegrityError):
        raise Invalid.of({"credential": "没有成功，请再试一次"}, {"credential": "通行密钥"}) from None
    return second_step.established(person, request, "passkey")


def drop(person: Any, pk: int) -> None:
    """Do without a key. Raises NotFound, Refused when a second step is required and nothing else is left."""
    with transaction.atomic():
        found = person.passkeys.filter(pk=pk).first()
        if found is None:
            raise NotFound("没有这个通行密钥")
        found.delete()
        second_step.settle(person)
        note(person, "passkey_dropped", found.name, by=person)


def begin_entering(request: Any) -> dict[str, Any]:
    """What the browser needs to show a key: one of hers after a password, else whichever it has."""
    person = awaited(request)
    options, state = _webauthn().to_show(_origin(request), _keys(person) if person else None)
    request.session[ENTERING] = state
    return options


def enter_by(request: Any, credential: Any) -> Any:
    """Open the session of whoever has shown her key. Raises SignInRefused, LockedOut, Forbidden."""
    state, waiting = request.session.pop(ENTERING, None), awaited(request)
    found = _shown(request, state, credential)
    if found is None or found.person.gone or (waiting and waiting.pk != found.person_id):
        raise SignInRefused(REFUSED)
    refuse_locked(found.person.username, request)
    refuse_elsewhere(found.person, request)
    return enter(request, found.person, "passkey")


def _shown(request: Any, state: Any, credential: Any) -> Passkey | None:
    """The key that has signed our challenge; a counter that has not grown tells of a copy."""
    webauthn = _webauthn()
    try:
        found = Passkey.objects.select_related("person").filter(credential_id=webauthn.named(credential)).first()
        if found is None or not state:
            return None
        counter = webauthn.shown(_origin(request), state, bytes(found.credential), credential)
    except webauthn.NotAccepted:
        return None
    # Keys that are kept in step between devices do not count: theirs stays 0.
    grown = Passkey.objects.filter(pk=found.pk, **({"counter__lt": counter} if counter else {"counter": 0}))
    return found if grown.update(counter=counter, used_at=timezone.now()) else None


def _keys(person: Any) -> list[bytes]:
    return [bytes(one) for one in person.passkeys.values_list("credential", flat=True)]


def _origin(request: Any) -> str:
    return settings.PUBLIC_ADDRESS or str(request.build_absolute_uri("/").rstrip("/"))


def _webauthn() -> Any:
    """The library, when it is first needed."""
    from zhike.org import webauthn

    return webauthn
