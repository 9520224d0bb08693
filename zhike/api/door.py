"""The door: who is asking, by session cookie or bearer token, and one place that turns problems into answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from zhike.api.errors import answer, said
from zhike.kernel.added import as_of
from zhike.kernel.errors import Problem
from zhike.org.acting import acting, refuse_delegates
from zhike.org.entering import refuse_elsewhere, refuse_lent, refuse_unproven
from zhike.org.manner import Manner
from zhike.org.networks import counted
from zhike.org.rates import requests
from zhike.org.tokens import bearer

View = Callable[..., HttpResponse]
READING = ("GET", "HEAD", "OPTIONS")
ROOT = "/api/v1/"


class Unauthenticated(Problem):
    code = "unauthenticated"


class CsrfRefused(Problem):
    code = "csrf"


class MethodNotAllowed(Problem):
    code = "method_not_allowed"


def door(public: bool = False, reads: bool = False, manner: Manner = Manner.COMMON, **methods: View) -> Door:
    """A view from one function a method: door(get=…, post=…). Each is given the actor first unless the door is public.

    Arguments:
        reads: whatever the method, nothing is changed; it only takes a body because what is asked is long.
        manner: who may stand there at all.
    """
    return Door(public, reads, manner, methods)


class Door:
    """A view that knows which methods it opens to."""

    csrf_exempt = True  # asked below, and only of sessions: a token is no cookie

    def __init__(self, public: bool, reads: bool, manner: Manner, methods: dict[str, View]) -> None:
        self.public, self.reads, self.manner, self.methods = public, reads, manner, methods

    def __call__(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        try:
            handler = self.methods.get((request.method or "").lower().replace("head", "get"))
            if handler is None:
                return self.refused(request)
            return self._open(handler, request, parts) if self.public else self._asked(handler, request, parts)
        except Problem as problem:
            return answer(problem)

    def refused(self, request: HttpRequest) -> HttpResponse:
        """A method this address does not open to, with those it does."""
        told = answer(MethodNotAllowed(f"不支持 {request.method}"))
        told["Allow"] = ", ".join(sorted(method.upper() for method in self.methods))
        return told

    def _open(self, handler: View, request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
        """The answer to whoever asks, as often as one address may."""
        requests.refuse_beyond(counted(request), settings.REQUESTS_A_MINUTE)
        return handler(request, **parts)

    def _asked(self, handler: View, request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
        """The answer to somebody, whose sign-in also told which fields there are."""
        actor = asking(request)
        self._refuse(actor, request, reading=self.reads or request.method in READING)
        with as_of(actor.revision):
            try:
                return handler(actor, request, **parts)
            except Problem as problem:
                if problem.aftermath is not None:
                    problem.extra.update(problem.aftermath())
                raise

    def _refuse(self, actor: Any, request: HttpRequest, *, reading: bool) -> None:
        """What is asked of everybody before anything is done; no query. Raises Forbidden, TooMany."""
        person, token = actor.delegate or actor, actor.token
        requests.refuse_beyond(token.pk if token else (person.pk,), settings.REQUESTS_A_MINUTE)
        refuse_elsewhere(person, request)
        if token:
            token.refuse(self.manner, request.path[len(ROOT) :], reading=reading)
        elif not self.manner.signing_in:
            refuse_unproven(person, request.session)
            if actor.delegate:
                refuse_lent(actor, request)
        if self.manner.by_oneself(reading=reading):
            refuse_delegates(actor)
        if actor.delegate and self.manner is not Manner.ACTING:
            actor.mandate.refuse(reading=reading)


def asking(request: HttpRequest) -> Any:
    """The person behind a request. Raises Unauthenticated, CsrfRefused."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    actor = bearer(token.strip()) if kind.lower() == "bearer" else _by_session(request)
    if actor is None:
        raise Unauthenticated("请先登录")
    return actor


def _by_session(request: HttpRequest) -> Any:
    user: Any = request.user
    if not user.is_authenticated:
        return None
    refuse_foreign(request)
    request.session.touch(request)
    return acting(request.session, user)


def refuse_foreign(request: HttpRequest) -> None:
    """A request that changes something must come from our own pages. Raises CsrfRefused."""
    if CsrfViewMiddleware(lambda _: HttpResponse()).process_view(request, _checked, (), {}) is not None:
        raise CsrfRefused("页面已过期，请刷新后重试")


def _checked(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def not_found(request: HttpRequest, **_: Any) -> HttpResponse:
    return said("not_found", "没有这个地址")
