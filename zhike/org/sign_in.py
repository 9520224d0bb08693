"""Sign-in 登录: password, lock-out after repeated failures, and a session that sign-out really ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import auth
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from zhike.kernel.errors import Invalid, Problem
from zhike.org.entering import refuse_elsewhere

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
WRONG = "用户名或密码不正确"


class SignInRefused(Problem):
    """Wrong name or password; which of the two is not told."""

    code = "unauthenticated"


class LockedOut(Problem):
    """Too many failures: this name waits."""

    code = "locked_out"


class SignInFailures(models.Model):
    """Failures of one name in a row, kept also for names nobody has."""

    username = models.CharField(max_length=60, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_sign_in_failures"
        default_permissions = ()


def sign_in(request: Any, username: Any, password: Any) -> Any:
    """Open a session. Raises SignInRefused, LockedOut."""
    if not isinstance(username, str) or not isinstance(password, str) or "\x00" in username + password:
        raise SignInRefused(WRONG)
    name = username.strip()[:60]
    _refuse_locked(name)
    person = auth.authenticate(request, username=name, password=password[:1000])
    if person is None:
        _count_failure(name)
        raise SignInRefused(WRONG)
    refuse_elsewhere(person, request)
    SignInFailures.objects.filter(username=name).delete()
    auth.login(request, person)
    request.session.came_from(request)
    return person


def change_password(request: Any, person: Any, old: Any, new: Any) -> None:
    """Replace the password and keep only this session. Raises Invalid with every broken rule."""
    if not isinstance(old, str) or not person.check_password(old):
        raise Invalid.of({"old": "原密码不正确"}, {"old": "原密码"})
    if not isinstance(new, str) or new == old:
        raise Invalid.of({"new": "新密码应与原密码不同"}, {"new": "新密码"})
    set_password(person, new)
    auth.update_session_auth_hash(request, person)


def set_password(person: Any, new: str) -> None:
    """Give a person a password that keeps the rules. Raises Invalid."""
    try:
        validate_password(new, person)
    except ValidationError as error:
        raise Invalid.of({"new": "；".join(error.messages)}, {"new": "新密码"}) from None
    person.set_password(new)
    person.must_change_password = False
    person._meta.model.objects.filter(pk=person.pk).update(password=person.password, must_change_password=False)


def _refuse_locked(name: str) -> None:
    if SignInFailures.objects.filter(username=name, locked_until__gt=timezone.now()).exists():
        raise LockedOut(f"连续输错 {MOST_FAILURES} 次，请 {LOCKED_FOR.seconds // 60} 分钟后再试")


@transaction.atomic
def _count_failure(name: str) -> None:
    SignInFailures.objects.get_or_create(username=name)
    failures = SignInFailures.objects.select_for_update().get(username=name)
    failures.count = F("count") + 1
    failures.save()
    failures.refresh_from_db()
    if failures.count >= MOST_FAILURES:
        failures.count, failures.locked_until = 0, timezone.now() + LOCKED_FOR
        failures.save()
