"""Personal preferences over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import body, respond
from zhike.features.preferences.keeping import prefer, preferences


def shown(actor: Any, request: HttpRequest) -> HttpResponse:
    """How the actor likes it."""
    return respond(preferences(actor))


def change(actor: Any, request: HttpRequest) -> HttpResponse:
    """Some of them, changed: {"theme": "dark"}; null takes one back."""
    return respond(prefer(actor, body(request)))
