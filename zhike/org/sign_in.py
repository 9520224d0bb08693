"""Sign-in 登录: password, second step where there is one, lock-out, and a session that sign-out really ends."""

from __future__ import annotations

from time import time
from typing import Any

from django.contrib import auth
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhike.kernel.errors import Invalid, Problem, Refused
from zhike.org import second_step
from zhike.org.entering import refuse_elsewhere, refuse_unauthorised
from zhike.org.failures import count_failure, forget_failures, refuse_locked
from zhike.org.ways import note

WRONG = "用户名或密码不正确"
PENDING, ENTERED = "pending", "entered"
SECONDS_PENDING = SECONDS_FRESH = 600


class SignInRefused(Problem):
    """Wrong name or password; which of the two is not told."""

    code = "unauthenticated"


class SecondStep(Problem):
    """The password was right; `methods` says by what to go on."""

    code = "second_step"


def sign_in(request: Any, username: Any, password: Any) -> Any:
    """Open a session. Raises SignInRefused, LockedOut, SecondStep, Forbidden."""
    if not isinstance(username, str) or not isinstance(password, str) or "\x00" in username + password:
        raise SignInRefused(WRONG)
    name = username.strip()[:60]
    refuse_locked(name, request)
    person = auth.authenticate(request, username=name, password=password[:1000])
    if person is None:
        count_failure(name, request)
        raise SignInRefused(WRONG)
    refuse_elsewhere(person, request)
    if methods := second_step.methods(person):
        wait_for_second_step(request, person)
        raise SecondStep("密码正确，请再完成第二步验证", methods=methods)
    return enter(request, person)


def wait_for_second_step(request: Any, person: Any) -> None:
    """Remember who has shown the first step; her failures still count."""
    request.session.flush()
    request.session[PENDING] = {"person": person.pk, "hash": person.get_session_auth_hash(), "at": time()}


def awaited(request: Any) -> Any | None:
    """Who has shown the first step a short while ago, with the password she still has."""
    from zhike.org.objects.person import Person

    found = request.session.get(PENDING)
    if not found or time() - found["at"] > SECONDS_PENDING:
        return None
    person = Person.objects.filter(pk=found["person"]).first()
    return person if person and not person.gone and person.get_session_auth_hash() == found["hash"] else None


def take_second_step(request: Any, given: dict[str, Any]) -> Any:
    """Go on with a code. Raises SignInRefused, LockedOut."""
    person = awaited(request)
    if person is None:
        raise SignInRefused("登录已超时，请重新输入用户名和密码")
    refuse_locked(person.username, request)
    how = second_step.accepts(person, given)
    if how is None:
        count_failure(person.username, request)
        raise SignInRefused("验证码不正确或已经用过")
    return enter(request, person, how)


def enter(request: Any, person: Any, second: str = "") -> Any:
    """Open the session of somebody who has shown who she is. Raises Forbidden."""
    refuse_unauthorised(person)
    forget_failures(person.username)
    request.session.pop(PENDING, None)
    auth.login(request, person, backend="zhike.org.backend.PersonBackend")
    request.session.came_from(request)
    request.session[ENTERED] = time()
    if second:
        request.session[second_step.PROVEN] = second
    return person


def prove(person: Any, request: Any, given: dict[str, Any]) -> None:
    """Before a way in is changed it must be shown once more who asks: by a sign-in just now, or the password.

    Raises Invalid, Refused, LockedOut.
    """
    if time() - request.session.get(ENTERED, 0) < SECONDS_FRESH:
        return
    if not person.has_usable_password():
        raise Refused("请退出并重新登录，然后在 10 分钟内办理")
    password = given.get("password")
    if not isinstance(password, str) or not password:
        raise Invalid.of({"password": "请再输入一次登录密码"}, {"password": "密码"})
    refuse_locked(person.username, request)
    if not person.check_password(password[:1000]):
        count_failure(person.username, request)
        raise Invalid.of({"password": "密码不正确"}, {"password": "密码"})
    request.session[ENTERED] = time()


def change_password(request: Any, person: Any, old: Any, new: Any) -> None:
    """Replace the password and keep only this session. Raises Invalid with every broken rule."""
    refuse_locked(person.username, request)
    if not isinstance(old, str) or not person.check_password(old):
        count_failure(person.username, request)
        raise Invalid.of({"old": "原密码不正确"}, {"old": "原密码"})
    if not isinstance(new, str) or new == old:
        raise Invalid.of({"new": "新密码应与原密码不同"}, {"new": "新密码"})
    set_password(person, new)
    note(person, "password_changed", by=person)
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
