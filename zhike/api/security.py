"""登录安全: one's own sessions, and those of somebody an administrator looks after."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import respond
from zhike.kernel.errors import NotFound
from zhike.org import sessions
from zhike.org.acting import refuse_delegates
from zhike.org.objects.person import Person


def mine(actor: Any, request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    refuse_delegates(actor)
    return respond({"rows": sessions.standing(actor, request.session.session_key)})


def end_others(actor: Any, request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    sessions.end_all(actor, but=request.session.session_key)
    return mine(actor, request)


def end(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out in one place."""
    sessions.end(actor, pk)
    return HttpResponse(status=204)


def of_person(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Where somebody is signed in, for whoever may end that."""
    person = Person.objects.visible_to(actor, "end_sessions").filter(pk=pk).first()
    if person is None:
        raise NotFound()
    return respond({"rows": sessions.standing(person)})
