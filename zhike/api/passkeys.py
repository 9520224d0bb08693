"""通行密钥 over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.door import refuse_foreign
from zhike.api.json import body, respond
from zhike.api.session import entered
from zhike.org import passkeys
from zhike.org.sign_in import prove


def begin_entering(request: HttpRequest) -> HttpResponse:
    """What a browser needs to show a key."""
    refuse_foreign(request)
    return respond(passkeys.begin_entering(request))


def enter(request: HttpRequest) -> HttpResponse:
    """Come in by a key: {"credential"}, alone or after the password."""
    refuse_foreign(request)
    return entered(request, passkeys.enter_by(request, body(request).get("credential")))


def begin_adding(actor: Any, request: HttpRequest) -> HttpResponse:
    """What a browser needs to make a key: {"password"} unless one has signed in just now."""
    prove(actor, request, body(request))
    return respond(passkeys.begin_adding(actor, request))


def add(actor: Any, request: HttpRequest) -> HttpResponse:
    """Keep the key: {"name", "credential"}; answers with recovery codes if there were none."""
    return respond({"recovery_codes": passkeys.add(actor, request, body(request))}, 201)


def drop(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Do without a key."""
    prove(actor, request, body(request))
    passkeys.drop(actor, pk)
    return HttpResponse(status=204)
