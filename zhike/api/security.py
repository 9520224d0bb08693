"""登录安全: one's own sessions, and those of somebody an administrator looks after."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zhike.api.json import body, respond
from zhike.kernel.errors import NotFound
from zhike.org import issuing, sessions, ways
from zhike.org import tokens as kept
from zhike.org.acting import refuse_delegates
from zhike.org.objects.person import Person
from zhike.org.sign_in import prove


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
    """Where somebody is signed in, which programs act for her, how her ways in changed: told to whoever may end that."""
    person = Person.objects.visible_to(actor, "end_sessions").filter(pk=pk).first()
    if person is None:
        raise NotFound()
    return respond({"rows": sessions.standing(person), "tokens": kept.held(person), "changes": ways.changes(person)})


def changes(actor: Any, request: HttpRequest) -> HttpResponse:
    """What changed about one's own ways in."""
    refuse_delegates(actor)
    return respond({"rows": ways.changes(actor)})


def tokens(actor: Any, request: HttpRequest) -> HttpResponse:
    """One's own tokens, without their secrets."""
    refuse_delegates(actor)
    return respond({"rows": kept.held(actor), "most_days": settings.TOKEN_DAYS})


def make_token(actor: Any, request: HttpRequest) -> HttpResponse:
    """A new token, told this once: {"name", "reads_only", "collections", "days"}."""
    data = body(request)
    prove(actor, request, data)
    return respond({"token": issuing.make(data, actor)}, 201)


def rotate_token(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret for a token; the one before works for another day."""
    prove(actor, request, body(request))
    return respond({"token": kept.rotate(actor, pk)})


def revoke_token(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Take a token back at once."""
    kept.revoke(actor, pk)
    return HttpResponse(status=204)
