"""Notifications, comments and following over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.asked import number
from zhike.api.idempotency import once
from zhike.api.json import body, respond
from zhike.features.notify import talk
from zhike.features.notify.reading import mark_read, told
from zhike.kernel.registry import find


def notifications(actor: Any, request: HttpRequest) -> HttpResponse:
    """What the actor has been told."""
    return respond(told(actor, number(request.GET, "after", 0) or None))


def read_notifications(actor: Any, request: HttpRequest) -> HttpResponse:
    """These have been read: {"ids": […]}, {"ids": "all"}, or those about one thing: {"about": ["jobs", 7]}."""
    data = body(request)
    mark_read(actor, data.get("ids"), data.get("about"))
    return respond(told(actor))


def comments(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    return respond(talk.conversation(find(collection), pk, actor))


def comment(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """Say something about a record: {"text", "mentions": [person, …]}."""
    model, data = find(collection), body(request)
    return once(actor, request, lambda: respond(talk.comment(model, pk, data, actor).as_json(), 201))


def follow(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    talk.follow(find(collection), pk, actor, wanted=True)
    return HttpResponse(status=204)


def unfollow(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    talk.follow(find(collection), pk, actor, wanted=False)
    return HttpResponse(status=204)
