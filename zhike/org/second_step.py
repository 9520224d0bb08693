"""Two-step sign-in 两步验证: a code from an app or a recovery code beside the password.

The app's secret is sealed, recovery codes are kept as digests; a code works once. Who has set up a second step is always asked
for it; who must have one by role may do nothing else before.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

import segno
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from zhike.kernel.errors import Invalid, Refused
from zhike.org import one_time, sessions
from zhike.org.sealed import seal, unseal
from zhike.org.ways import note

ISSUER = "Zhike"
CODES, CODE_BYTES = 10, 10
PROVEN = "second"
"""Kept in the session: by what it was shown that a second step was taken."""


class Authenticator(models.Model):
    """The authenticator app of one person; it counts once a code of it has been seen."""

    person: Any = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="authenticator")
    secret = models.CharField(max_length=200)
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_authenticator"
        default_permissions = ()


class RecoveryCode(models.Model):
    """恢复码: for the day the telephone is lost; each works once."""

    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_recovery_code"
        default_permissions = ()


def methods(person: Any) -> list[str]:
    """By what she can take the second step; empty when she has set none up."""
    found = [*(["passkey"] if person.passkeys.exists() else []), *(["code"] if _app(person) else [])]
    return [*found, "recovery"] if found else []


def state(person: Any) -> dict[str, Any]:
    """What somebody has set up."""
    app = _app(person)
    return {
        "required": person.must_prove_twice,
        "app": {"since": app.confirmed_at.isoformat()} if app and app.confirmed_at else None,
        "recovery_left": RecoveryCode.objects.filter(person_id=person.pk, used_at=None).count(),
    }


def begin_app(person: Any) -> dict[str, str]:
    """A secret for her app, as text and as a picture to scan; it counts after the first code. Raises Refused."""
    if _app(person):
        raise Refused("已经设置了验证器；要换一个，请先停用现在的")
    secret = one_time.new_secret()
    Authenticator.objects.update_or_create(person_id=person.pk, defaults={"secret": seal(secret), "last_step": 0})
    uri = one_time.address(secret, person.username, ISSUER)
    return {"secret": secret, "uri": uri, "image": segno.make(uri).svg_data_uri(scale=4, border=2)}


@transaction.atomic
def confirm_app(person: Any, request: Any, given: Any) -> list[str]:
    """The first code from the app. Answers with recovery codes, shown once. Raises Invalid."""
    app = Authenticator.objects.select_for_update().filter(person_id=person.pk, confirmed_at=None).first()
    if app is None or not _spend(app, given):
        raise Invalid.of({"code": "验证码不正确，请检查手机的时间后再试"}, {"code": "验证码"})
    Authenticator.objects.filter(pk=app.pk).update(confirmed_at=timezone.now())
    note(person, "app_set", by=person)
    return established(person, request, "code")


def established(person: Any, request: Any, how: str) -> list[str]:
    """A second step stands: this session has taken it, all others end. Answers with recovery codes if she had none."""
    request.session[PROVEN] = how
    sessions.end_all(person, but=request.session.session_key)
    if RecoveryCode.objects.filter(person_id=person.pk, used_at=None).exists():
        return []
    return new_recovery_codes(person)


def drop_app(person: Any) -> None:
    """Do without the app. Raises Refused when a role requires a second step and nothing else is left."""
    with transaction.atomic():
        Authenticator.objects.filter(person_id=person.pk).delete()
        settle(person)
        note(person, "app_dropped", by=person)


def settle(person: Any) -> None:
    """After something was taken away: recovery codes alone are no second step. Raises Refused."""
    if methods(person):
        return
    if person.must_prove_twice:
        raise Refused("您的角色必须使用两步验证，至少要留一种方式")
    RecoveryCode.objects.filter(person_id=person.pk).delete()


def renew(person: Any) -> list[str]:
    """New recovery codes for somebody with a second step. Raises Refused."""
    if not methods(person):
        raise Refused("还没有设置两步验证")
    note(person, "codes_renewed", by=person)
    return new_recovery_codes(person)


@transaction.atomic
def new_recovery_codes(person: Any) -> list[str]:
    """Ten codes in place of those before; shown once."""
    made = [base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower() for _ in range(CODES)]
    RecoveryCode.objects.filter(person_id=person.pk).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(person_id=person.pk, digest=_digest(person, one)) for one in made)
    return ["-".join((one[:4], one[4:8], one[8:12], one[12:])) for one in made]


def forget(person: Any, *, by: Any) -> None:
    """Everything she had set up, when she has lost it."""
    note(person, "two_step_forgotten", by=by)
    person.passkeys.all().delete()
    Authenticator.objects.filter(person_id=person.pk).delete()
    RecoveryCode.objects.filter(person_id=person.pk).delete()


def accepts(person: Any, given: dict[str, Any]) -> str | None:
    """By what the second step is taken, or None; what was accepted once is not accepted again."""
    if "code" in given:
        app = _app(person)
        return "code" if app is not None and _spend(app, given["code"]) else None
    text = given.get("recovery")
    if not isinstance(text, str):
        return None
    unused = RecoveryCode.objects.filter(person_id=person.pk, digest=_digest(person, text), used_at=None)
    return "recovery" if unused.update(used_at=timezone.now()) else None


def _app(person: Any) -> Authenticator | None:
    return Authenticator.objects.filter(person_id=person.pk, confirmed_at__isnull=False).first()


def _spend(app: Authenticator, given: Any) -> bool:
    secret = unseal(app.secret)
    text = given.replace(" ", "") if isinstance(given, str) else ""
    step = one_time.step_of(secret, text) if secret else None
    if step is None:
        return False
    return bool(Authenticator.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step))


def _digest(person: Any, text: str) -> str:
    plain = text.replace("-", "").replace(" ", "").lower()
    return salted_hmac("zhike.org.recovery", f"{person.pk}:{plain}", algorithm="sha256").hexdigest()
