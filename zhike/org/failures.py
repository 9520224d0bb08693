"""Lock-out 登录锁定: after repeated failures a name waits, and so does an address that tries many names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from zhike.kernel.errors import Problem
from zhike.org.networks import caller, counted, on_this_machine

MOST_FAILURES = {"name": 5, "address": 50}
LOCKED_FOR = timedelta(minutes=15)


class LockedOut(Problem):
    """Too many failures: this name or address waits."""

    code = "locked_out"


class SignInFailures(models.Model):
    """Failures of one name (kept also for names nobody has) or one address within a quarter of an hour."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_sign_in_failure"
        default_permissions = ()


def keys(name: str, request: Any) -> list[str]:
    """What is counted: the name, and the address unless it is the server's own, which tells of nobody."""
    address = caller(request)
    return [f"name:{name}", *([] if not address or on_this_machine(address) else [f"address:{counted(request)}"])]


def refuse_locked(name: str, request: Any) -> None:
    """Raises LockedOut."""
    if SignInFailures.objects.filter(key__in=keys(name, request), locked_until__gt=timezone.now()).exists():
        raise LockedOut(f"尝试次数过多，请 {LOCKED_FOR.seconds // 60} 分钟后再试", wait=LOCKED_FOR.seconds)


def count_failure(name: str, request: Any) -> None:
    for key in keys(name, request):
        _count(key, MOST_FAILURES[key.partition(":")[0]])


def forget_failures(name: str) -> None:
    """She has come in. Her address still counts: whoever tries names there may have an account of her own."""
    SignInFailures.objects.filter(key=f"name:{name}").delete()


@transaction.atomic
def _count(key: str, most: int) -> None:
    SignInFailures.objects.get_or_create(key=key)
    failures, now = SignInFailures.objects.select_for_update().get(key=key), timezone.now()
    if now - failures.since > LOCKED_FOR:
        failures.count, failures.since = 0, now
    failures.count += 1
    if failures.count >= most:
        failures.count, failures.locked_until = 0, now + LOCKED_FOR
    failures.save()
